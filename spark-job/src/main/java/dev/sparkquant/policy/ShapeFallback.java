package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import java.util.Optional;

/**
 * What a tensor gets whose rows are no multiple of the wanted type's block.
 *
 * <p>Source: {@code tensor_type_fallback} in llama.cpp.
 */
final class ShapeFallback {
  private ShapeFallback() {}

  static boolean fits(GgmlType type, long rowLength) {
    return rowLength % type.blockLength() == 0;
  }

  /**
   * The type in place of one that does not fit: of about the same size with blocks of 32, or F16 if
   * that does not fit either.
   *
   * @return nothing for types that llama.cpp names no substitute for: NVFP4 and Q1_0
   */
  static Optional<GgmlType> substitute(GgmlType wanted, long rowLength) {
    Optional<GgmlType> smaller =
        switch (wanted) {
          case IQ1_S, IQ1_M, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_XS ->
              Optional.of(GgmlType.IQ4_NL);
          case Q2_0, Q2_K, Q3_K, TQ1_0, TQ2_0 -> Optional.of(GgmlType.Q4_0);
          case Q4_K -> Optional.of(GgmlType.Q5_0);
          case Q5_K -> Optional.of(GgmlType.Q5_1);
          case Q6_K -> Optional.of(GgmlType.Q8_0);
          case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL, MXFP4 -> Optional.of(GgmlType.F16);
          default -> Optional.empty();
        };
    return smaller.map(type -> fits(type, rowLength) ? type : GgmlType.F16);
  }
}
