package dev.sparkquant.kernels.peer;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Rows of weights for differential tests, ordinary and adversarial: what a kind and a seed give is
 * fixed.
 *
 * <p>All weights are finite.
 */
public enum RowCases {
  /** Normal, as trained weights mostly are. */
  NORMAL {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (random.nextGaussian() * 0.02);
      }
      return row;
    }
  },
  UNIFORM {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float bound = scale(random);
      for (int i = 0; i < row.length; i++) {
        row[i] = bound * unit(random);
      }
      return row;
    }
  },
  /** All weights on one side of zero. */
  ONE_SIDED {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float base = random.nextBoolean() ? 1 : -1;
      for (int i = 0; i < row.length; i++) {
        row[i] = base * (0.5f + random.nextFloat());
      }
      return row;
    }
  },
  /** Ratios of normals: a few weights dwarf the others. */
  HEAVY_TAILED {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (random.nextGaussian() / (Math.abs(random.nextGaussian()) + 1e-3));
      }
      return row;
    }
  },
  CONSTANT {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float value = unit(random) * scale(random);
      for (int i = 0; i < row.length; i++) {
        row[i] = value;
      }
      return row;
    }
  },
  /** Zeros of both signs. */
  ZERO {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(4) == 0 ? -0.0f : 0.0f;
      }
      return row;
    }
  },
  ONE_HOT {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      row[random.nextInt(row.length)] = unit(random) * scale(random);
      return row;
    }
  },
  /** Mostly zeros, and whole blocks of them. */
  SPARSE {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      int density = 2 + random.nextInt(60);
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(density) == 0 ? unit(random) : 0.0f;
      }
      return row;
    }
  },
  SUBNORMAL {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      int bound = 1 << (1 + random.nextInt(23));
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(-bound, bound + 1) * Float.MIN_VALUE;
      }
      return row;
    }
  },
  /** Near the thresholds under which encoders take a block for zero. */
  TINY {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float bound = (float) StrictMath.pow(10, random.nextDouble(-38, -7));
      for (int i = 0; i < row.length; i++) {
        row[i] = bound * unit(random);
      }
      return row;
    }
  },
  /** Beyond what a half-float scale can hold, but small enough that squares stay finite. */
  LARGE {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float bound = (float) StrictMath.pow(10, random.nextDouble(4, 15));
      for (int i = 0; i < row.length; i++) {
        row[i] = bound * unit(random);
      }
      return row;
    }
  },
  /** Up to the largest float: squares, sums and differences overflow. */
  HUGE {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float bound = random.nextBoolean() ? Float.MAX_VALUE : 1e30f;
      for (int i = 0; i < row.length; i++) {
        row[i] = bound * unit(random);
      }
      return row;
    }
  },
  /** Every magnitude a float has, side by side. */
  ANY_FINITE_BITS {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      for (int i = 0; i < row.length; i++) {
        do {
          row[i] = Float.intBitsToFloat(random.nextInt());
        } while (!Float.isFinite(row[i]));
      }
      return row;
    }
  },
  RAMP {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float step = unit(random) * scale(random);
      float start = step * random.nextInt(-row.length, 1);
      for (int i = 0; i < row.length; i++) {
        row[i] = start + step * i;
      }
      return row;
    }
  },
  /** Multiples of half a quantization step: rounding decides ties. */
  TIES {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float half = powerOfTwo(random) * 0.5f;
      int levels = 2 << random.nextInt(8);
      for (int i = 0; i < row.length; i++) {
        row[i] = half * random.nextInt(-levels, levels + 1);
      }
      return row;
    }
  },
  /** As {@link #TIES}, each weight moved to a neighbouring float or left. */
  NEAR_TIES {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      TIES.fill(random, row);
      for (int i = 0; i < row.length; i++) {
        row[i] += random.nextInt(-1, 2) * Math.ulp(row[i]);
      }
      return row;
    }
  },
  /** Values on a symmetric grid of integers times a scale, as requantized weights are. */
  ON_GRID {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float scale = scale(random);
      int bound = 1 << random.nextInt(7);
      for (int i = 0; i < row.length; i++) {
        row[i] = scale * random.nextInt(-bound, bound);
      }
      return row;
    }
  },
  /** Values on a grid with an offset, as requantized weights of types with a minimum are. */
  ON_OFFSET_GRID {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float scale = scale(random);
      float minimum = scale * unit(random) * 8;
      int levels = 2 << random.nextInt(5);
      for (int i = 0; i < row.length; i++) {
        row[i] = scale * random.nextInt(levels) + minimum;
      }
      return row;
    }
  },
  /** The largest magnitude occurs with both signs: the first one decides the sign of the scale. */
  EQUAL_EXTREMES {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float bound = scale(random);
      for (int i = 0; i < row.length; i++) {
        boolean extreme = random.nextInt(8) == 0;
        row[i] = bound * (extreme ? Math.copySign(1, unit(random)) : unit(random));
      }
      return row;
    }
  },
  /** One magnitude, random signs. */
  SIGNS_ONLY {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float magnitude = scale(random);
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.copySign(magnitude, unit(random));
      }
      return row;
    }
  },
  /** Magnitudes change from one stretch of sixteen to the next, some stretches are zero. */
  BLOCK_SCALES {
    @Override
    float[] fill(SplittableRandom random, float[] row) {
      float magnitude = 0;
      for (int i = 0; i < row.length; i++) {
        if (i % 16 == 0) {
          magnitude = random.nextInt(5) == 0 ? 0 : scale(random);
        }
        row[i] = (float) (magnitude * random.nextGaussian());
      }
      return row;
    }
  };

  /** The kinds whose sums of squares stay finite, so that ggml encodes them to any type. */
  public static Set<RowCases> moderate() {
    return EnumSet.complementOf(EnumSet.of(HUGE, ANY_FINITE_BITS));
  }

  /** The row that this kind, length and seed stand for. */
  public float[] row(int length, long seed) {
    return fill(new SplittableRandom(seed), new float[length]);
  }

  abstract float[] fill(SplittableRandom random, float[] row);

  private static float unit(SplittableRandom random) {
    return 2 * random.nextFloat() - 1;
  }

  private static float scale(SplittableRandom random) {
    return (float) StrictMath.pow(10, random.nextDouble(-6, 3));
  }

  private static float powerOfTwo(SplittableRandom random) {
    return (float) Math.scalb(1.0, random.nextInt(-20, 11));
  }
}
