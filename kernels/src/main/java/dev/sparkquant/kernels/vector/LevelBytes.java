package dev.sparkquant.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** Rounds successive elements to levels, and leaves a byte each. */
final class LevelBytes {

  private LevelBytes() {}

  /** {@code factor * x + addend}, not negative, cut off to a whole number and to {@code most}. */
  static void truncate(
      float[] x, int at, int length, float factor, float addend, int most, byte[] levels) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector scaled = Lanes.load(x, at + i).mul(factor).add(addend);
      Bytes.store(Truncation.truncate(scaled).min(most), levels, i);
    }
  }

  /** As {@link #truncate}, of what elements exceed {@code offset} by, with an addend of a half. */
  static void truncateAbove(
      float[] x, int at, int length, float offset, float factor, int most, byte[] levels) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector scaled = Lanes.load(x, at + i).sub(offset).mul(factor).add(0.5f);
      Bytes.store(Truncation.truncate(scaled).min(most), levels, i);
    }
  }

  /**
   * {@code factor * x} rounded to the nearest integer, halves away from zero, plus {@code zero}.
   *
   * @param to where the bytes go
   */
  static void round(float[] x, int at, int length, float factor, int zero, byte[] levels, int to) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector scaled = Lanes.load(x, at + i).mul(factor);
      Bytes.store(Truncation.roundHalvesAway(scaled).add(zero), levels, to + i);
    }
  }
}
