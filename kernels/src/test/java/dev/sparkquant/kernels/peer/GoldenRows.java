package dev.sparkquant.kernels.peer;

/**
 * The rows and blocks whose encodings are recorded under {@code golden}, made from integers alone,
 * exactly as {@code make_golden.py} makes them.
 */
public enum GoldenRows {
  UNIFORM("uniform") {
    @Override
    int bits(long z, long p) {
      return scaled((int) (z >>> 40) - (1 << 23), (int) Long.remainderUnsigned(p, 41) - 53);
    }
  },
  ANY_FINITE("any-finite") {
    @Override
    int bits(long z, long p) {
      return finite((int) (z >>> 32));
    }
  },
  TIES("ties") {
    @Override
    int bits(long z, long p) {
      int quarters = (int) Long.remainderUnsigned(z, 49) - 24;
      return scaled(quarters, (int) Long.remainderUnsigned(p, 31) - 17);
    }
  },
  SUBNORMAL("subnormal") {
    @Override
    int bits(long z, long p) {
      return sign(z) | ((int) z & 0x7FFFFF) >> Long.remainderUnsigned(p, 24);
    }
  },
  SPARSE("sparse") {
    @Override
    int bits(long z, long p) {
      return switch ((int) z & 15) {
        case 0 -> scaled((int) (z >>> 40) - (1 << 23), -23);
        case 1 -> 0x80000000;
        default -> 0;
      };
    }
  },
  CONSTANT("constant") {
    @Override
    int bits(long z, long p) {
      return finite((int) (p >>> 32));
    }
  },
  HUGE("huge") {
    @Override
    int bits(long z, long p) {
      return ((int) (z >>> 32) & 0x80FFFFFF) + 0x7E800000;
    }
  },
  BELOW_POWERS_OF_TWO("below-powers-of-two") {
    @Override
    int bits(long z, long p) {
      int power = ((int) Long.remainderUnsigned(p, 255) + 1) << 23;
      int below = 1 + (int) Long.remainderUnsigned(p >>> 32, 64) + ((int) z & 3);
      return sign(z) | (power - below);
    }
  };

  public static final int ROWS = 64;
  public static final int ROW_LENGTH = 512;

  /** Elements in a row that share a number, such as a magnitude. */
  private static final int GROUP = 32;

  private final String label;

  GoldenRows(String label) {
    this.label = label;
  }

  /** How the recorded results call this case. */
  public String label() {
    return label;
  }

  /** {@link #ROWS} rows of {@link #ROW_LENGTH} elements. */
  public float[] rows() {
    SplitMix64 random = new SplitMix64(ordinal());
    float[] rows = new float[ROWS * ROW_LENGTH];
    long p = 0;
    for (int i = 0; i < rows.length; i++) {
      if (i % GROUP == 0) {
        p = random.next();
      }
      rows[i] = Float.intBitsToFloat(bits(random.next(), p));
    }
    return rows;
  }

  /** The importance of the columns: above 0, up to 1. */
  public static float[] importance() {
    SplitMix64 random = new SplitMix64(1000);
    float[] importance = new float[ROW_LENGTH];
    for (int i = 0; i < importance.length; i++) {
      importance[i] = ((int) (random.next() >>> 40) + 1) * 0x1p-24f;
    }
    return importance;
  }

  /** Random bytes to decode. */
  public static byte[] randomBytes(int count) {
    SplitMix64 random = new SplitMix64(2000);
    byte[] bytes = new byte[count];
    long z = 0;
    for (int i = 0; i < count; i++) {
      if (i % Long.BYTES == 0) {
        z = random.next();
      }
      bytes[i] = (byte) (z >>> i % Long.BYTES * Byte.SIZE);
    }
    return bytes;
  }

  /** The bits of an element, from a number of its own and one of its group. */
  abstract int bits(long z, long p);

  private static int sign(long z) {
    return (int) (z >>> 32) & 0x80000000;
  }

  private static int scaled(int number, int exponent) {
    return Float.floatToRawIntBits(Math.scalb((float) number, exponent));
  }

  private static int finite(int bits) {
    return (bits & 0x7F800000) == 0x7F800000 ? bits & ~(1 << 30) : bits;
  }
}
