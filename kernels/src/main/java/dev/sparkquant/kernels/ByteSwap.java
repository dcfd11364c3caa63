package dev.sparkquant.kernels;

import dev.sparkquant.gguf.GgmlType;

/**
 * Turns the tensor data of a big-endian file into those of a little-endian one.
 *
 * <p>Bytes of the numbers change places, those of nibbles and bit fields do not, as in {@code
 * gguf_convert_endian.py} of llama.cpp.
 */
public final class ByteSwap {
  private ByteSwap() {}

  /**
   * Whether the byte order of a type's blocks is defined. ggml reads some fields of the others with
   * another width than it declares for them, so nobody can tell what a big-endian file of these
   * means.
   */
  public static boolean isDefined(GgmlType type) {
    return switch (type) {
      case Q5_0, Q5_1, IQ1_M, IQ2_XXS, IQ3_XXS -> false;
      default -> true;
    };
  }

  /**
   * Converts whole blocks in place.
   *
   * @param length in bytes
   * @throws IllegalArgumentException if {@link #isDefined} is false for the type
   */
  public static void toLittleEndian(GgmlType type, byte[] data, int offset, int length) {
    if (!isDefined(type)) {
      throw new IllegalArgumentException("Cannot swap bytes of " + type + ": undefined");
    }
    if (!type.isQuantized()) {
      for (int at = offset; at < offset + length; at += type.blockBytes()) {
        reverse(data, at, type.blockBytes());
      }
      return;
    }
    int[] halfFloats = BlockFields.halfFloats(type);
    int shorts = BlockFields.shorts(type);
    int shortCount = BlockFields.shortCount(type);
    for (int block = offset; block < offset + length; block += type.blockBytes()) {
      for (int field : halfFloats) {
        reverse(data, block + field, 2);
      }
      for (int i = 0; i < shortCount; i++) {
        reverse(data, block + shorts + 2 * i, 2);
      }
    }
  }

  private static void reverse(byte[] data, int at, int width) {
    for (int i = 0; i < width / 2; i++) {
      byte first = data[at + i];
      data[at + i] = data[at + width - 1 - i];
      data[at + width - 1 - i] = first;
    }
  }
}
