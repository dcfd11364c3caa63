package dev.sparkquant.gguf;

import java.util.Locale;
import java.util.Optional;

/**
 * The element types of GGUF tensors, under ggml's names.
 *
 * <p>A type stores elements in blocks: {@link #blockLength()} elements of a row take {@link
 * #blockBytes()} bytes. Plain numbers are blocks of one element. Source: {@code enum ggml_type} and
 * {@code type_traits} in ggml.
 */
public enum GgmlType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  IQ2_XXS(16, 256, 66),
  IQ2_XS(17, 256, 74),
  IQ3_XXS(18, 256, 98),
  IQ1_S(19, 256, 50),
  IQ4_NL(20, 32, 18),
  IQ3_S(21, 256, 110),
  IQ2_S(22, 256, 82),
  IQ4_XS(23, 256, 136),
  I8(24, 1, 1),
  I16(25, 1, 2),
  I32(26, 1, 4),
  I64(27, 1, 8),
  F64(28, 1, 8),
  IQ1_M(29, 256, 56),
  BF16(30, 1, 2),
  TQ1_0(34, 256, 54),
  TQ2_0(35, 256, 66),
  MXFP4(39, 32, 17),
  NVFP4(40, 64, 36),
  Q1_0(41, 128, 18),
  Q2_0(42, 64, 18);

  private static final GgmlType[] BY_ID = new GgmlType[43];

  static {
    for (GgmlType type : values()) {
      BY_ID[type.id] = type;
    }
  }

  private final int id;
  private final int blockLength;
  private final int blockBytes;

  GgmlType(int id, int blockLength, int blockBytes) {
    this.id = id;
    this.blockLength = blockLength;
    this.blockBytes = blockBytes;
  }

  /** The number that stands for this type in a GGUF header. */
  public int id() {
    return id;
  }

  /** Elements a block holds. */
  public int blockLength() {
    return blockLength;
  }

  /** Bytes a block takes. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Whether elements are stored in blocks with a shared scale, as opposed to plain numbers. */
  public boolean isQuantized() {
    return blockLength > 1;
  }

  /** Average bits an element takes. */
  public double bitsPerWeight() {
    return blockBytes * 8.0 / blockLength;
  }

  /**
   * Bytes that {@code elements} elements take.
   *
   * @throws IllegalArgumentException if {@code elements} is not a multiple of the block length
   * @throws ArithmeticException if the result exceeds a long
   */
  public long bytes(long elements) {
    if (elements % blockLength != 0) {
      throw new IllegalArgumentException(
          "Cannot store " + elements + " elements as " + this + ": blocks hold " + blockLength);
    }
    return Math.multiplyExact(elements / blockLength, (long) blockBytes);
  }

  /** The type with that number, or nothing if ggml has none or no longer supports it. */
  public static Optional<GgmlType> fromId(int id) {
    return id >= 0 && id < BY_ID.length ? Optional.ofNullable(BY_ID[id]) : Optional.empty();
  }

  /** The type of that name, case ignored ({@code q4_k} is {@link #Q4_K}). */
  public static Optional<GgmlType> fromName(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (GgmlType type : values()) {
      if (type.name().equals(wanted)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
