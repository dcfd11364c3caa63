package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.peer.CodecsEqualGgml;
import dev.sparkquant.kernels.peer.GgmlPeer;
import java.util.Set;

/** The vector kernels against ggml. */
class VectorKernelsEqualGgmlTest extends CodecsEqualGgml {

  VectorKernelsEqualGgmlTest() {
    super(new VectorKernels(), known(VectorTypes.encoded()), knownDecoded());
  }

  private static Set<GgmlType> knownDecoded() {
    Set<GgmlType> types = known(VectorTypes.decoded());
    types.remove(GgmlType.F32); // ggml has no conversion of it
    return types;
  }

  private static Set<GgmlType> known(Set<GgmlType> types) {
    types.removeIf(type -> !GgmlPeer.knows(type));
    return types;
  }
}
