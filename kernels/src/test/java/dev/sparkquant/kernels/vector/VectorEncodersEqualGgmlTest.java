package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.peer.CodecsEqualGgml;
import java.util.EnumSet;

/** The vector encoders against ggml. */
class VectorEncodersEqualGgmlTest extends CodecsEqualGgml {

  VectorEncodersEqualGgmlTest() {
    super(new VectorKernels(), VectorKernels.ENCODED, EnumSet.of(GgmlType.Q4_K));
  }
}
