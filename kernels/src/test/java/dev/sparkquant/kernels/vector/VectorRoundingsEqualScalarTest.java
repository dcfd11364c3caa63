package dev.sparkquant.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.kernels.HalfFloat;
import dev.sparkquant.kernels.block.E2m1Values;
import dev.sparkquant.kernels.block.IQ4Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.junit.jupiter.api.Test;

/** Roundings of single numbers, around every number at which the result changes. */
class VectorRoundingsEqualScalarTest {

  @Test
  void roundsToIQ4Values() {
    List<Float> numbers = randomBelow(140);
    for (int q = 0; q < 15; q++) {
      addNeighbours(numbers, (IQ4Values.value(q) + IQ4Values.value(q + 1)) / 2f);
      addNeighbours(numbers, IQ4Values.value(q));
    }
    addNeighbours(numbers, 0);
    addNeighbours(numbers, Float.POSITIVE_INFINITY);
    addNeighbours(numbers, Float.NEGATIVE_INFINITY);
    check(
        numbers,
        x -> IQ4Lookup.number(x, IQ4Lookup.findNumber(x)),
        VectorRoundingsEqualScalarTest::nearestIQ4);
    check(
        numbers,
        x -> Rounding.round(IQ4Lookup.value(x, IQ4Lookup.find(x))).sub(Rounding.ZERO),
        x -> IQ4Values.value(nearestIQ4(x)));
  }

  private static int nearestIQ4(float x) {
    int nearest = 0;
    for (int q = 1; q < 16; q++) {
      // Exact in double precision; of two equally near values the higher is taken.
      double limited = Math.max(-200, Math.min(200, (double) x));
      if (Math.abs(IQ4Values.value(q) - limited) <= Math.abs(IQ4Values.value(nearest) - limited)) {
        nearest = q;
      }
    }
    return nearest;
  }

  @Test
  void roundsHalvesAwayFromZero() {
    List<Float> numbers = randomBelow(128);
    for (int i = -256; i <= 256; i++) {
      addNeighbours(numbers, i / 2f);
    }
    check(
        numbers,
        Truncation::roundHalvesAway,
        x -> (int) Math.copySign(Math.floor(Math.abs((double) x) + 0.5), x));
  }

  @Test
  void truncates() {
    List<Float> numbers = randomBelow(40);
    for (int i = 0; i <= 80; i++) {
      addNeighbours(numbers, i / 2f);
    }
    numbers.replaceAll(Math::abs);
    check(numbers, Truncation::truncate, x -> (int) (float) x);
  }

  @Test
  void roundsToE2m1Values() {
    float scale = 0.375f;
    List<Float> numbers = randomBelow(8);
    for (int q = 0; q < 7; q++) {
      float midpoint = (E2m1Values.value(q) + E2m1Values.value(q + 1)) / 2f * scale;
      addNeighbours(numbers, midpoint);
      addNeighbours(numbers, -midpoint);
      addNeighbours(numbers, E2m1Values.value(q) * scale);
    }
    float[] x = padded(numbers);
    byte[] codes = new byte[x.length];
    E2m1Levels.round(x, 0, x.length, scale, codes, 0);
    for (int i = 0; i < x.length; i++) {
      assertThat(codes[i]).as("of " + x[i]).isEqualTo((byte) nearestE2m1(x[i], scale));
    }
  }

  private static int nearestE2m1(float x, float scale) {
    int nearest = 0;
    for (int q = 1; q < E2m1Values.COUNT; q++) {
      double error = Math.abs(E2m1Values.value(q) * (double) scale - x);
      if (error < Math.abs(E2m1Values.value(nearest) * (double) scale - x)) {
        nearest = q;
      }
    }
    return nearest;
  }

  @Test
  void convertsToHalves() {
    List<Float> numbers = randomBelow(70000);
    for (int half = 0; half < 0x7C00; half++) {
      float number = HalfFloat.toFloat((short) half);
      float next = HalfFloat.toFloat((short) (half + 1));
      addNeighbours(numbers, number);
      addNeighbours(numbers, -number);
      addNeighbours(numbers, (float) (((double) number + Math.min(next, 65536)) / 2));
    }
    addNeighbours(numbers, Float.POSITIVE_INFINITY);
    addNeighbours(numbers, Float.MIN_VALUE);
    numbers.add(Float.NaN);
    check(numbers, HalfFloats::fromFloat, x -> HalfFloat.fromFloat(x) & 0xFFFF);
  }

  /** Random numbers of either sign. */
  private static List<Float> randomBelow(float bound) {
    SplittableRandom random = new SplittableRandom(7);
    List<Float> numbers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      numbers.add((2 * random.nextFloat() - 1) * bound);
    }
    return numbers;
  }

  private static void addNeighbours(List<Float> numbers, float number) {
    numbers.add(Math.nextDown(number));
    numbers.add(number);
    numbers.add(Math.nextUp(number));
  }

  private static void check(List<Float> numbers, Rounder rounder, ToIntFunction<Float> expected) {
    float[] x = padded(numbers);
    int[] actual = new int[x.length];
    for (int i = 0; i < x.length; i += Lanes.COUNT) {
      rounder.round(Lanes.load(x, i)).intoArray(actual, i);
    }
    for (int i = 0; i < x.length; i++) {
      assertThat(actual[i]).as("of " + x[i]).isEqualTo(expected.applyAsInt(x[i]));
    }
  }

  /** The numbers and zeros up to whole vectors. */
  private static float[] padded(List<Float> numbers) {
    float[] padded = new float[(numbers.size() + 15) / 16 * 16];
    for (int i = 0; i < numbers.size(); i++) {
      padded[i] = numbers.get(i);
    }
    return padded;
  }

  /** Rounds the lanes of a vector. */
  @FunctionalInterface
  private interface Rounder {
    IntVector round(FloatVector numbers);
  }
}
