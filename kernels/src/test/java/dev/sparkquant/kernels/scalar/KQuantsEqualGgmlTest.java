package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.peer.CodecsEqualGgml;
import java.util.EnumSet;

/** The scalar kernels of K-quants and IQ types against ggml. */
class KQuantsEqualGgmlTest extends CodecsEqualGgml {
  private static final EnumSet<GgmlType> ENCODED =
      EnumSet.of(
          GgmlType.Q2_K,
          GgmlType.Q3_K,
          GgmlType.Q4_K,
          GgmlType.Q5_K,
          GgmlType.Q6_K,
          GgmlType.IQ4_NL,
          GgmlType.IQ4_XS);

  private static final EnumSet<GgmlType> DECODE_ONLY =
      EnumSet.of(
          GgmlType.IQ1_S,
          GgmlType.IQ1_M,
          GgmlType.IQ2_XXS,
          GgmlType.IQ2_XS,
          GgmlType.IQ2_S,
          GgmlType.IQ3_XXS,
          GgmlType.IQ3_S);

  KQuantsEqualGgmlTest() {
    super(new ScalarKernels(), ENCODED, decoded());
  }

  private static EnumSet<GgmlType> decoded() {
    EnumSet<GgmlType> types = EnumSet.copyOf(ENCODED);
    types.addAll(DECODE_ONLY);
    return types;
  }
}
