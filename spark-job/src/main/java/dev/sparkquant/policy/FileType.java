package dev.sparkquant.policy;

import static java.util.stream.Collectors.joining;

import dev.sparkquant.gguf.GgmlType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code general.file_type} says of a file, and with it the mixtures of types that {@code
 * llama-quantize} knows, under its names.
 *
 * <p>Source: {@code enum llama_ftype} and {@code llama_ftype_get_default_type} in llama.cpp.
 */
public enum FileType {
  F32(0, GgmlType.F32, "32-bit floats"),
  F16(1, GgmlType.F16, "16-bit floats"),
  Q4_0(2, GgmlType.Q4_0, "4 bits, blocks of 32 with a scale"),
  Q4_1(3, GgmlType.Q4_1, "4 bits, blocks of 32 with a scale and a minimum"),
  Q8_0(7, GgmlType.Q8_0, "8 bits, blocks of 32 with a scale"),
  Q5_0(8, GgmlType.Q5_0, "5 bits, blocks of 32 with a scale"),
  Q5_1(9, GgmlType.Q5_1, "5 bits, blocks of 32 with a scale and a minimum"),
  Q2_K(10, GgmlType.Q2_K, "2-bit K-quant, more bits for attn_v, attn_output and ffn_down"),
  Q3_K_S(11, GgmlType.Q3_K, "3-bit K-quant"),
  Q3_K_M(12, GgmlType.Q3_K, "3-bit K-quant, more bits for attn_v, attn_output and ffn_down"),
  Q3_K_L(13, GgmlType.Q3_K, "3-bit K-quant, 5 bits for attn_v, attn_output and ffn_down"),
  Q4_K_S(14, GgmlType.Q4_K, "4-bit K-quant, 5 bits for the first attn_v and ffn_down"),
  Q4_K_M(15, GgmlType.Q4_K, "4-bit K-quant, 6 bits for half of attn_v and ffn_down"),
  Q5_K_S(16, GgmlType.Q5_K, "5-bit K-quant"),
  Q5_K_M(17, GgmlType.Q5_K, "5-bit K-quant, 6 bits for half of attn_v and ffn_down"),
  Q6_K(18, GgmlType.Q6_K, "6-bit K-quant"),
  IQ2_XXS(19, GgmlType.IQ2_XXS, "2.06 bits a weight, code book"),
  IQ2_XS(20, GgmlType.IQ2_XS, "2.31 bits a weight, code book"),
  Q2_K_S(21, GgmlType.Q2_K, "2-bit K-quant; needs an importance matrix"),
  IQ3_XS(22, GgmlType.IQ3_S, "3.3 bits a weight, code book"),
  IQ3_XXS(23, GgmlType.IQ3_XXS, "3.06 bits a weight, code book"),
  IQ1_S(24, GgmlType.IQ1_S, "1.56 bits a weight, code book"),
  IQ4_NL(25, GgmlType.IQ4_NL, "4 bits, non-linear, blocks of 32"),
  IQ3_S(26, GgmlType.IQ3_S, "3.44 bits a weight, code book"),
  IQ3_M(27, GgmlType.IQ3_S, "3.66 bits a weight, code book"),
  IQ2_S(28, GgmlType.IQ2_XS, "2.5 bits a weight, code book"),
  IQ2_M(29, GgmlType.IQ2_S, "2.7 bits a weight, code book"),
  IQ4_XS(30, GgmlType.IQ4_XS, "4.25 bits a weight, non-linear"),
  IQ1_M(31, GgmlType.IQ1_M, "1.75 bits a weight, code book"),
  BF16(32, GgmlType.BF16, "16-bit floats with the range of 32-bit ones"),
  TQ1_0(36, GgmlType.TQ1_0, "ternary, 1.69 bits a weight"),
  TQ2_0(37, GgmlType.TQ2_0, "ternary, 2.06 bits a weight"),
  MXFP4_MOE(38, GgmlType.MXFP4, "experts in 4-bit floats, all else Q8_0"),
  NVFP4(39, GgmlType.NVFP4, "4-bit floats, blocks of 64"),
  Q1_0(40, GgmlType.Q1_0, "1 bit, blocks of 128 with a scale"),
  Q2_0(41, GgmlType.Q2_0, "2 bits, blocks of 64 with a scale");

  private final int id;
  private final GgmlType defaultType;
  private final String description;

  FileType(int id, GgmlType defaultType, String description) {
    this.id = id;
    this.defaultType = defaultType;
    this.description = description;
  }

  /** The number that {@code general.file_type} records. */
  public int id() {
    return id;
  }

  /** The type of every tensor for which the mixture has no better one. */
  public GgmlType defaultType() {
    return defaultType;
  }

  /** One line for lists. */
  public String description() {
    return description;
  }

  /**
   * Whether it can be asked for: llama-quantize knows the mixture, and its types can be written.
   * NVFP4 can be written, but is no mixture of llama-quantize's.
   */
  public boolean isSupported() {
    return EncodableTypes.contains(defaultType) && this != NVFP4;
  }

  /**
   * Checks that it can be asked for.
   *
   * @throws PolicyException if not, with what to do
   */
  void requireSupported() {
    if (this == NVFP4) {
      throw new PolicyException(
          "Cannot quantize to NVFP4: llama-quantize has no such mixture; use a scheme file with"
              + " 'base: pure NVFP4'");
    }
    if (!isSupported()) {
      throw new PolicyException(
          "Cannot quantize to "
              + this
              + ": it can be read but not written; choose one of "
              + Arrays.stream(values())
                  .filter(FileType::isSupported)
                  .map(FileType::name)
                  .collect(joining(", ")));
    }
  }

  /** The file type with that number, if llama.cpp has one. */
  public static Optional<FileType> fromId(long id) {
    for (FileType type : values()) {
      if (type.id == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The file type that {@code llama-quantize} takes for that word: a name, case ignored; {@code
   * Q3_K}, {@code Q4_K} and {@code Q5_K} for their {@code _M}; or a number.
   */
  public static Optional<FileType> fromName(String word) {
    String wanted = word.toUpperCase(Locale.ROOT);
    for (FileType type : values()) {
      if (type.name().equals(wanted)) {
        return Optional.of(type);
      }
    }
    return switch (wanted) {
      case "Q3_K" -> Optional.of(Q3_K_M);
      case "Q4_K" -> Optional.of(Q4_K_M);
      case "Q5_K" -> Optional.of(Q5_K_M);
      default -> wanted.matches("[0-9]{1,9}") ? fromId(Long.parseLong(wanted)) : Optional.empty();
    };
  }
}
