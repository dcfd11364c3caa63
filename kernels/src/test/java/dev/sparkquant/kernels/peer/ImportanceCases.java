package dev.sparkquant.kernels.peer;

import java.util.SplittableRandom;

/**
 * Importance rows for differential tests: what a kind and a seed give is fixed. All values are
 * finite and none is negative, as in every importance matrix.
 */
public enum ImportanceCases {
  /** Mean squares of activations: positive, some columns far above the others. */
  ACTIVATIONS {
    @Override
    void fill(SplittableRandom random, float[] importance) {
      for (int i = 0; i < importance.length; i++) {
        double activation = random.nextGaussian();
        importance[i] = (float) (activation * activation * (random.nextInt(50) == 0 ? 300 : 1));
      }
    }
  },
  CONSTANT {
    @Override
    void fill(SplittableRandom random, float[] importance) {
      float value = random.nextFloat() * 4;
      for (int i = 0; i < importance.length; i++) {
        importance[i] = value;
      }
    }
  },
  /** Columns that never were active, up to all of them. */
  MANY_ZEROS {
    @Override
    void fill(SplittableRandom random, float[] importance) {
      int density = 1 + random.nextInt(64);
      for (int i = 0; i < importance.length; i++) {
        importance[i] = random.nextInt(density) == 1 ? random.nextFloat() : 0;
      }
    }
  },
  HUGE_SPREAD {
    @Override
    void fill(SplittableRandom random, float[] importance) {
      for (int i = 0; i < importance.length; i++) {
        importance[i] = (float) StrictMath.pow(10, random.nextDouble(-30, 30));
      }
    }
  };

  /** The row that this kind, length and seed stand for. */
  public float[] row(int length, long seed) {
    float[] importance = new float[length];
    fill(new SplittableRandom(~seed), importance);
    return importance;
  }

  abstract void fill(SplittableRandom random, float[] importance);
}
