package dev.sparkquant.gguf.io;

import java.util.zip.CRC32C;

/**
 * The CRC-32C of a run of bytes. Those of neighbouring runs combine into that of both together, so
 * pieces may be summed up anywhere and in any order.
 *
 * <p>A CRC is the remainder of the bytes, taken as a polynomial over two elements, by a polynomial
 * of degree 32. Bytes that follow multiply it by a power of x. Polynomials are kept as in the CRC
 * itself, the lowest power in the highest bit. Source: RFC 3720, appendix B.4.
 *
 * @param crc32c of the bytes
 * @param length how many bytes
 */
public record Checksum(int crc32c, long length) {
  /** That of no bytes. */
  public static final Checksum NONE = new Checksum(0, 0);

  /** The divisor without its highest power. */
  private static final int DIVISOR = 0x82F63B78;

  private static final int ONE = 0x8000_0000;
  private static final int X = 0x4000_0000;

  /** {@code x} to the power of 8, 16, 32 and so on: what 2^i bytes multiply by. */
  private static final int[] BYTES = powers();

  public static Checksum of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return new Checksum((int) crc.getValue(), length);
  }

  /** That of these bytes with {@code next} behind them. */
  public Checksum then(Checksum next) {
    int shift = ONE;
    long bytes = next.length;
    for (int i = 0; bytes != 0; i++, bytes >>>= 1) {
      if ((bytes & 1) != 0) {
        shift = product(shift, BYTES[i]);
      }
    }
    return new Checksum(product(shift, crc32c) ^ next.crc32c, length + next.length);
  }

  /** The checksum as eight hexadecimal digits. */
  public String hex() {
    return String.format("%08x", crc32c);
  }

  private static int[] powers() {
    int[] powers = new int[Long.SIZE - 1];
    int power = X;
    for (int i = 0; i < 3; i++) {
      power = product(power, power);
    }
    for (int i = 0; i < powers.length; i++) {
      powers[i] = power;
      power = product(power, power);
    }
    return powers;
  }

  /** The product of two polynomials, modulo the divisor. */
  private static int product(int a, int b) {
    int product = 0;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= b;
      }
      b = (b & 1) != 0 ? (b >>> 1) ^ DIVISOR : b >>> 1;
    }
    return product;
  }
}
