package dev.sparkquant.kernels.block;

/**
 * The scale of an {@link IQ1_MBlock}, which has no field of its own: a half float in the top four
 * bits of each of the four 16-bit numbers at {@link IQ1_MBlock#SCALES}, its lowest bits first.
 *
 * <p>Source: {@code iq1m_scale_t} in ggml.
 */
public final class IQ1_MScale {

  private IQ1_MScale() {}

  /** The half float that the block at byte {@code at} holds. */
  public static short get(byte[] src, int at) {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      int number = LittleEndian.getShort(src, at + IQ1_MBlock.SCALES + Short.BYTES * i);
      bits |= (number >> 12 & 0xF) << 4 * i;
    }
    return (short) bits;
  }
}
