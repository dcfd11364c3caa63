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
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.MXFP4Block;
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

/**
 * Looks for blocks that no model can compute with: plain numbers or scales that are NaN or infinite.
 *
 * <p>Source: {@code ggml_validate_row_data}, with the same verdict on every block.
 */
public final class BlockValidation {

  private BlockValidation() {}

  /**
   * The first invalid block among {@code length} bytes of little-endian blocks from {@code
   * src[offset]} on.
   *
   * @return the block's index counted from {@code offset}, or -1 if all are valid
   * @throws IllegalArgumentException if {@code length} is not a whole number of blocks
   */
  public static long firstInvalidBlock(GgmlType type, byte[] src, int offset, int length) {
    if (length % type.blockBytes() != 0) {
      throw new IllegalArgumentException(
          "Cannot check " + length + " bytes of " + type + ": blocks take " + type.blockBytes());
    }
    BlockCheck check = check(type);
    for (int at = offset; at < offset + length; at += type.blockBytes()) {
      if (!check.isValid(src, at)) {
        return (at - offset) / type.blockBytes();
      }
    }
    return -1;
  }

  private static BlockCheck check(GgmlType type) {
    return switch (type) {
      case I8, I16, I32, I64 -> (src, at) -> true;
      // Every byte is a scale: ggml reads the code of NaN as zero.
      case NVFP4 -> (src, at) -> true;
      case F32 -> (src, at) -> Float.isFinite(LittleEndian.getFloat(src, at));
      // ggml looks at the number as a float: one that exceeds floats counts as infinite.
      case F64 -> (src, at) ->
          Float.isFinite((float) Double.longBitsToDouble(LittleEndian.getLong(src, at)));
      case F16 -> halfFloat(0);
      case BF16 -> (src, at) -> Bfloat16.isFinite(LittleEndian.getShort(src, at));
      case MXFP4 -> (src, at) -> src[at + MXFP4Block.E] != E8m0.NAN;
      case Q1_0 -> halfFloat(Q1_0Block.D);
      case Q2_0 -> halfFloat(Q2_0Block.D);
      case Q4_0 -> halfFloat(Q4_0Block.D);
      case Q4_1 -> halfFloats(Q4_1Block.D, Q4_1Block.M);
      case Q5_0 -> halfFloat(Q5_0Block.D);
      case Q5_1 -> halfFloats(Q5_1Block.D, Q5_1Block.M);
      case Q8_0 -> halfFloat(Q8_0Block.D);
      case Q2_K -> halfFloats(Q2_KBlock.D, Q2_KBlock.DMIN);
      case Q3_K -> halfFloat(Q3_KBlock.D);
      case Q4_K -> halfFloats(Q4_KBlock.D, Q4_KBlock.DMIN);
      case Q5_K -> halfFloats(Q5_KBlock.D, Q5_KBlock.DMIN);
      case Q6_K -> halfFloat(Q6_KBlock.D);
      case TQ1_0 -> halfFloat(TQ1_0Block.D);
      case TQ2_0 -> halfFloat(TQ2_0Block.D);
      case IQ1_S -> halfFloat(IQ1_SBlock.D);
      case IQ1_M -> (src, at) -> HalfFloat.isFinite(IQ1_MBlock.scale(src, at));
      case IQ2_XXS -> halfFloat(IQ2_XXSBlock.D);
      case IQ2_XS -> halfFloat(IQ2_XSBlock.D);
      case IQ2_S -> halfFloat(IQ2_SBlock.D);
      case IQ3_XXS -> halfFloat(IQ3_XXSBlock.D);
      case IQ3_S -> halfFloat(IQ3_SBlock.D);
      case IQ4_NL -> halfFloat(IQ4_NLBlock.D);
      case IQ4_XS -> halfFloat(IQ4_XSBlock.D);
    };
  }

  private static BlockCheck halfFloat(int field) {
    return (src, at) -> HalfFloat.isFinite(LittleEndian.getShort(src, at + field));
  }

  private static BlockCheck halfFloats(int field, int otherField) {
    return (src, at) ->
        HalfFloat.isFinite(LittleEndian.getShort(src, at + field))
            && HalfFloat.isFinite(LittleEndian.getShort(src, at + otherField));
  }

  /** Judges the block that starts at byte {@code at}. */
  @FunctionalInterface
  private interface BlockCheck {
    boolean isValid(byte[] src, int at);
  }
}
