package dev.sparkquant.kernels;

import dev.sparkquant.gguf.GgmlType;
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

/** The fields of more than one byte in the block formats. */
final class BlockFields {
  private static final int[] NONE = {};

  private BlockFields() {}

  /** Offsets of the half floats in a block; none for plain numbers and other scale formats. */
  static int[] halfFloats(GgmlType type) {
    return switch (type) {
      case Q1_0 -> new int[] {Q1_0Block.D};
      case Q2_0 -> new int[] {Q2_0Block.D};
      case Q4_0 -> new int[] {Q4_0Block.D};
      case Q4_1 -> new int[] {Q4_1Block.D, Q4_1Block.M};
      case Q5_0 -> new int[] {Q5_0Block.D};
      case Q5_1 -> new int[] {Q5_1Block.D, Q5_1Block.M};
      case Q8_0 -> new int[] {Q8_0Block.D};
      case Q2_K -> new int[] {Q2_KBlock.D, Q2_KBlock.DMIN};
      case Q3_K -> new int[] {Q3_KBlock.D};
      case Q4_K -> new int[] {Q4_KBlock.D, Q4_KBlock.DMIN};
      case Q5_K -> new int[] {Q5_KBlock.D, Q5_KBlock.DMIN};
      case Q6_K -> new int[] {Q6_KBlock.D};
      case TQ1_0 -> new int[] {TQ1_0Block.D};
      case TQ2_0 -> new int[] {TQ2_0Block.D};
      case IQ1_S -> new int[] {IQ1_SBlock.D};
      case IQ2_XXS -> new int[] {IQ2_XXSBlock.D};
      case IQ2_XS -> new int[] {IQ2_XSBlock.D};
      case IQ2_S -> new int[] {IQ2_SBlock.D};
      case IQ3_XXS -> new int[] {IQ3_XXSBlock.D};
      case IQ3_S -> new int[] {IQ3_SBlock.D};
      case IQ4_NL -> new int[] {IQ4_NLBlock.D};
      case IQ4_XS -> new int[] {IQ4_XSBlock.D};
      default -> NONE;
    };
  }

  /** Where 16-bit numbers that are no half floats start in a block. */
  static int shorts(GgmlType type) {
    return switch (type) {
      case IQ1_S -> IQ1_SBlock.QH;
      case IQ2_XS -> IQ2_XSBlock.QS;
      case IQ4_XS -> IQ4_XSBlock.SCALES_H;
      default -> 0;
    };
  }

  /** How many 16-bit numbers that are no half floats follow one another from there on. */
  static int shortCount(GgmlType type) {
    return switch (type) {
      case IQ1_S -> IQ1_SBlock.SUB_BLOCKS;
      case IQ2_XS -> IQ2_XSBlock.LENGTH / 8;
      case IQ4_XS -> 1;
      default -> 0;
    };
  }
}
