package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.peer.CodecsEqualGgml;
import java.util.EnumSet;

/** The vector encoders against ggml. */
class VectorEncodersEqualGgmlTest extends CodecsEqualGgml {
  private static final EnumSet<GgmlType> TYPES =
      EnumSet.of(GgmlType.Q2_K, GgmlType.Q3_K, GgmlType.Q4_K, GgmlType.Q5_K, GgmlType.Q6_K);

  VectorEncodersEqualGgmlTest() {
    super(new VectorKernels(), TYPES, TYPES);
  }
}
