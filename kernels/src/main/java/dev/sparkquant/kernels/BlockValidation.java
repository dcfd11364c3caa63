package dev.sparkquant.kernels;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.block.IQ1_MBlock;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.block.MXFP4Block;

/**
 * Finds NaN and infinity in tensor data: in plain numbers, and in the scales of blocks.
 *
 * <p>Source: {@code ggml_validate_row_data} in ggml.
 */
public final class BlockValidation {
  private static final int HALF_EXPONENT = 0x7C00;

  private BlockValidation() {}

  /**
   * The first block (or plain number) that holds NaN or infinity.
   *
   * @param data little-endian blocks from {@code offset} on
   * @param length in bytes, whole blocks
   * @return its index, or -1 if all are finite
   */
  public static long firstInvalidBlock(GgmlType type, byte[] data, int offset, int length) {
    return switch (type) {
      // Every byte is a valid scale of NVFP4: its NaN counts as 0.
      case I8, I16, I32, I64, NVFP4 -> -1;
      case F16 -> firstInvalidShort(data, offset, length, HALF_EXPONENT);
      case BF16 -> firstInvalidShort(data, offset, length, 0x7F80);
      case F32 -> firstInvalidFloat(data, offset, length);
      case F64 -> firstInvalidDouble(data, offset, length);
      case MXFP4 -> firstInvalidE8m0(data, offset, length);
      case IQ1_M -> firstInvalidScatteredScale(data, offset, length);
      default -> firstInvalidHalf(type, data, offset, length);
    };
  }

  private static long firstInvalidHalf(GgmlType type, byte[] data, int offset, int length) {
    int stride = type.blockBytes();
    int[] fields = BlockFields.halfFloats(type);
    for (int at = offset; at < offset + length; at += stride) {
      for (int field : fields) {
        if ((LittleEndian.getShort(data, at + field) & HALF_EXPONENT) == HALF_EXPONENT) {
          return (at - offset) / stride;
        }
      }
    }
    return -1;
  }

  private static long firstInvalidE8m0(byte[] data, int offset, int length) {
    for (int at = offset; at < offset + length; at += MXFP4Block.BYTES) {
      if (data[at + MXFP4Block.E] == (byte) 0xFF) {
        return (at - offset) / MXFP4Block.BYTES;
      }
    }
    return -1;
  }

  /** IQ1_M keeps four bits of its half float in each of four 16-bit numbers. */
  private static long firstInvalidScatteredScale(byte[] data, int offset, int length) {
    for (int at = offset; at < offset + length; at += IQ1_MBlock.BYTES) {
      // Exponent bits 10 to 14: the top two bits of the third number's four, three of the fourth's.
      int third = LittleEndian.getShort(data, at + IQ1_MBlock.SCALES + 4);
      int fourth = LittleEndian.getShort(data, at + IQ1_MBlock.SCALES + 6);
      if ((third & 0xC000) == 0xC000 && (fourth & 0x7000) == 0x7000) {
        return (at - offset) / IQ1_MBlock.BYTES;
      }
    }
    return -1;
  }

  private static long firstInvalidShort(byte[] data, int offset, int length, int exponent) {
    int exponents = exponent << Short.SIZE | exponent;
    int at = offset + Kernels.finiteBytes(data, offset, length, exponents);
    for (; at < offset + length; at += 2) {
      if ((LittleEndian.getShort(data, at) & exponent) == exponent) {
        return (at - offset) / 2;
      }
    }
    return -1;
  }

  private static long firstInvalidFloat(byte[] data, int offset, int length) {
    int exponent = 0x7F80_0000;
    int at = offset + Kernels.finiteBytes(data, offset, length, exponent);
    for (; at < offset + length; at += 4) {
      if ((LittleEndian.getInt(data, at) & exponent) == exponent) {
        return (at - offset) / 4;
      }
    }
    return -1;
  }

  private static long firstInvalidDouble(byte[] data, int offset, int length) {
    for (int at = offset; at < offset + length; at += 8) {
      if (!Double.isFinite(Double.longBitsToDouble(LittleEndian.getLong(data, at)))) {
        return (at - offset) / 8;
      }
    }
    return -1;
  }
}
