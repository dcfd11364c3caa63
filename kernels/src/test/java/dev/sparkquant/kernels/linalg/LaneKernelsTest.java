package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector implementation returns the bits of the scalar one. */
class LaneKernelsTest {
  private static final int LANES = TokenTiles.LANES;

  private final LaneKernels scalar = Samples.scalar();
  private final LaneKernels vector = Samples.vector();

  @Test
  void areTwoImplementations() {
    assertThat(scalar.name()).isEqualTo("scalar");
    assertThat(vector.name()).matches("vector-(128|256|512)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void dotsAreEqual(int rows) {
    for (int n : new int[] {1, 7, 256}) {
      float[] x = Samples.gaussian(n, 3 + n * LANES);
      float[] w = Samples.gaussian(rows, 5 + rows * 260 + n);
      float[] expected = new float[rows * LANES];
      float[] actual = new float[rows * LANES];
      scalar.dots(rows, x, 3, w, 5, 260, 1, n, expected);
      vector.dots(rows, x, 3, w, 5, 260, 1, n, actual);
      assertEqualBits(actual, expected, "rows " + rows + ", n " + n);

      float[] columns = Samples.gaussian(rows, 5 + n * LANES + rows);
      scalar.dots(rows, x, 3, columns, 5, 1, LANES, n, expected);
      vector.dots(rows, x, 3, columns, 5, 1, LANES, n, actual);
      assertEqualBits(actual, expected, "strided, rows " + rows + ", n " + n);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256})
  void packedDotsAreEqual(int n) {
    float[] x = Samples.gaussian(n, 3 + n * LANES);
    float[] w = Samples.gaussian(n + 1, 5 + n * LaneKernels.PACKED_ROWS);
    float[] expected = new float[LaneKernels.PACKED_ROWS * LANES];
    float[] actual = new float[LaneKernels.PACKED_ROWS * LANES];
    scalar.packedDots(x, 3, w, 5, n, expected);
    vector.packedDots(x, 3, w, 5, n, actual);
    assertEqualBits(actual, expected, "n " + n);
  }

  /** All signs and exponents, both ends, and no number; also where vectors leave a rest. */
  @Test
  void exponentialsAreEqual() {
    for (int n : new int[] {100_000, 1, 15, 19}) {
      float[] expected = floatsOfAllKinds(11, 100_010);
      float[] actual = expected.clone();
      scalar.exp(expected, 3, n);
      vector.exp(actual, 3, n);
      assertEqualBits(actual, expected, "seed 11, n " + n);
    }
  }

  @Test
  void laneSoftmaxStepsAreEqual() {
    float[] expected = Samples.gaussian(13, 2 + 45 * LANES);
    float[] actual = expected.clone();
    float[] expectedMax = new float[LANES];
    float[] actualMax = new float[LANES];
    scalar.laneMax(expected, 2, 45, expectedMax);
    vector.laneMax(actual, 2, 45, actualMax);
    assertEqualBits(actualMax, expectedMax, "max, seed 13");
    float[] expectedSum = new float[LANES];
    float[] actualSum = new float[LANES];
    scalar.laneExp(expected, 2, 45, 0.3f, expectedMax, expectedSum);
    vector.laneExp(actual, 2, 45, 0.3f, actualMax, actualSum);
    assertEqualBits(actual, expected, "seed 13");
    assertEqualBits(actualSum, expectedSum, "sums, seed 13");
  }

  @Test
  void siluAndSumsAreEqual() {
    float[] gate = floatsOfAllKinds(14, 1 + 100 * LANES);
    float[] up = Samples.gaussian(15, gate.length);
    float[] expected = up.clone();
    float[] actual = up.clone();
    scalar.siluMultiply(gate.clone(), 1, expected, 0, 100 * LANES);
    vector.siluMultiply(gate.clone(), 1, actual, 0, 100 * LANES);
    assertEqualBits(actual, expected, "silu, seed 14");

    scalar.accumulate(up, expected, 1, 77);
    vector.accumulate(up, actual, 1, 77);
    assertEqualBits(actual, expected, "accumulate, seed 15");
  }

  /** Lengths around blocks of 256 and of 16, where the tail begins. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 255, 256, 257, 1000, 2048, 5003})
  void rowStatisticsAreEqual(int n) {
    float[] p = Samples.gaussian(n, n + 3);
    float[] q = Samples.gaussian(n + 1, n + 1);
    for (int i = 0; i < n; i++) {
      p[3 + i] *= 9f;
      q[1 + i] = p[3 + i] + q[1 + i];
    }
    float pMax = scalar.rowMax(p, 3, n);
    float qMax = scalar.rowMax(q, 1, n);
    assertThat(vector.rowMax(p, 3, n)).isEqualTo(pMax);
    float[] scratch = new float[LaneKernels.ROW_SCRATCH];
    assertThat(vector.expSum(p, 3, n, pMax, scratch))
        .isEqualTo(scalar.expSum(p, 3, n, pMax, scratch));
    for (float threshold : new float[] {-16f, Float.NEGATIVE_INFINITY}) {
      double[] expected = new double[2];
      double[] actual = new double[2];
      scalar.divergenceSums(p, 3, pMax, q, 1, qMax, n, threshold, scratch, expected);
      vector.divergenceSums(p, 3, pMax, q, 1, qMax, n, threshold, scratch, actual);
      assertThat(actual).as("n %d, threshold %s", n, threshold).isEqualTo(expected);
    }
  }

  private static float[] floatsOfAllKinds(long seed, int n) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      float any = Float.intBitsToFloat(random.nextInt());
      values[i] = i % 2 == 0 || Float.isNaN(any) ? 100f * (float) random.nextGaussian() : any;
    }
    float[] edges = {
      Exp.LOWEST,
      Math.nextDown(Exp.LOWEST),
      Exp.HIGHEST,
      Math.nextDown(Exp.HIGHEST),
      Float.NEGATIVE_INFINITY,
      Float.POSITIVE_INFINITY,
      Float.NaN,
      0f,
      -0f,
      Float.MIN_VALUE
    };
    System.arraycopy(edges, 0, values, 0, edges.length);
    return values;
  }

  /** Compares bits; all NaN count as one. */
  private static void assertEqualBits(float[] actual, float[] expected, String what) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(Float.floatToIntBits(actual[i]))
          .as("%s, index %d", what, i)
          .isEqualTo(Float.floatToIntBits(expected[i]));
    }
  }
}
