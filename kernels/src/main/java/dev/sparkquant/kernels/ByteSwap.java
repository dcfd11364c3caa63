package dev.sparkquant.kernels;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.block.IQ1_MBlock;
import dev.sparkquant.kernels.block.IQ1_SBlock;
import dev.sparkquant.kernels.block.IQ2_SBlock;
import dev.sparkquant.kernels.block.IQ2_XSBlock;
import dev.sparkquant.kernels.block.IQ2_XXSBlock;
import dev.sparkquant.kernels.block.IQ3_SBlock;
import dev.sparkquant.kernels.block.IQ3_XXSBlock;
import dev.sparkquant.kernels.block.IQ4_NLBlock;
import dev.sparkquant.kernels.block.IQ4_XSBlock;
import dev.sparkquant.kernels.block.Q1_0Block;
import dev.sparkquant.kernels.block.Q2_0Block;
import dev.sparkquant.kernels.block.Q2_KBlock;
import dev.sparkquant.kernels.block.Q3_KBlock;
import dev.sparkquant.kernels.block.Q4_0Block;
import dev.sparkquant.kernels.block.Q4_1Block;
import dev.sparkquant.kernels.block.Q4_KBlock;
import dev.sparkquant.kernels.block.Q5_0Block;
import dev.sparkquant.kernels.block.Q5_1Block;
import dev.sparkquant.kernels.block.Q5_KBlock;
import dev.sparkquant.kernels.block.Q6_KBlock;
import dev.sparkquant.kernels.block.Q8_0Block;
import dev.sparkquant.kernels.block.TQ1_0Block;
import dev.sparkquant.kernels.block.TQ2_0Block;
import java.util.List;

/**
 * Converts tensor data between the byte orders: from big-endian files to little-endian blocks, and
 * back.
 *
 * <p>Reversed are the words that ggml reads and writes in the machine's order: plain numbers, half
 * floats, and what it packs into 16 or 32 bits. Some of the latter are declared as bytes or halves
 * of words in {@code ggml-common.h} ({@code qh} of Q5_0 and Q5_1, {@code qs} of IQ2_XXS, the scales
 * of IQ1_M and IQ3_XXS), but what counts is how its encoders store them.
 */
public final class ByteSwap {

  private ByteSwap() {}

  /**
   * Swaps {@code length} bytes of blocks from {@code data[offset]} on, in place.
   *
   * @throws IllegalArgumentException if {@code length} is not a whole number of blocks
   */
  public static void swap(GgmlType type, byte[] data, int offset, int length) {
    if (length % type.blockBytes() != 0) {
      throw new IllegalArgumentException(
          "Cannot swap " + length + " bytes of " + type + ": blocks take " + type.blockBytes());
    }
    for (Words words : words(type)) {
      for (int at = offset; at < offset + length; at += type.blockBytes()) {
        for (int i = 0; i < words.count; i++) {
          reverse(data, at + words.field + i * words.width, words.width);
        }
      }
    }
  }

  private static void reverse(byte[] data, int at, int width) {
    for (int low = at, high = at + width - 1; low < high; low++, high--) {
      byte swapped = data[low];
      data[low] = data[high];
      data[high] = swapped;
    }
  }

  /** Words of {@code width} bytes each, {@code count} of them in a row from byte {@code field} on. */
  private record Words(int field, int width, int count) {}

  private static List<Words> words(GgmlType type) {
    return switch (type) {
      case I8, MXFP4, NVFP4 -> List.of();
      case F16, BF16, I16 -> List.of(new Words(0, Short.BYTES, 1));
      case F32, I32 -> List.of(new Words(0, Integer.BYTES, 1));
      case F64, I64 -> List.of(new Words(0, Long.BYTES, 1));
      case Q1_0 -> List.of(half(Q1_0Block.D));
      case Q2_0 -> List.of(half(Q2_0Block.D));
      case Q4_0 -> List.of(half(Q4_0Block.D));
      case Q4_1 -> List.of(half(Q4_1Block.D), half(Q4_1Block.M));
      case Q5_0 -> List.of(half(Q5_0Block.D), new Words(Q5_0Block.QH, Integer.BYTES, 1));
      case Q5_1 ->
          List.of(
              half(Q5_1Block.D), half(Q5_1Block.M), new Words(Q5_1Block.QH, Integer.BYTES, 1));
      case Q8_0 -> List.of(half(Q8_0Block.D));
      case Q2_K -> List.of(half(Q2_KBlock.D), half(Q2_KBlock.DMIN));
      case Q3_K -> List.of(half(Q3_KBlock.D));
      case Q4_K -> List.of(half(Q4_KBlock.D), half(Q4_KBlock.DMIN));
      case Q5_K -> List.of(half(Q5_KBlock.D), half(Q5_KBlock.DMIN));
      case Q6_K -> List.of(half(Q6_KBlock.D));
      case TQ1_0 -> List.of(half(TQ1_0Block.D));
      case TQ2_0 -> List.of(half(TQ2_0Block.D));
      case IQ1_S -> List.of(half(IQ1_SBlock.D), new Words(IQ1_SBlock.QH, Short.BYTES, 8));
      case IQ1_M -> List.of(new Words(IQ1_MBlock.SCALES, Short.BYTES, 4));
      case IQ2_XXS -> List.of(half(IQ2_XXSBlock.D), new Words(IQ2_XXSBlock.QS, Integer.BYTES, 16));
      case IQ2_XS -> List.of(half(IQ2_XSBlock.D), new Words(IQ2_XSBlock.QS, Short.BYTES, 32));
      case IQ2_S -> List.of(half(IQ2_SBlock.D));
      case IQ3_XXS ->
          List.of(
              half(IQ3_XXSBlock.D), new Words(IQ3_XXSBlock.SCALES_AND_SIGNS, Integer.BYTES, 8));
      case IQ3_S -> List.of(half(IQ3_SBlock.D));
      case IQ4_NL -> List.of(half(IQ4_NLBlock.D));
      case IQ4_XS -> List.of(half(IQ4_XSBlock.D), new Words(IQ4_XSBlock.SCALES_H, Short.BYTES, 1));
    };
  }

  private static Words half(int field) {
    return new Words(field, Short.BYTES, 1);
  }
}
