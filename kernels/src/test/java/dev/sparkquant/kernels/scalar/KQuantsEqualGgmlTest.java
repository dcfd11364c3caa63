package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.peer.CodecsEqualGgml;
import java.util.EnumSet;

/** The scalar kernels of K-quants and 4-bit IQ types against ggml. */
class KQuantsEqualGgmlTest extends CodecsEqualGgml {
  private static final EnumSet<GgmlType> TYPES =
      EnumSet.of(
          GgmlType.Q2_K,
          GgmlType.Q3_K,
          GgmlType.Q4_K,
          GgmlType.Q5_K,
          GgmlType.Q6_K,
          GgmlType.IQ4_NL,
          GgmlType.IQ4_XS);

  KQuantsEqualGgmlTest() {
    super(new ScalarKernels(), TYPES, TYPES);
  }
}
