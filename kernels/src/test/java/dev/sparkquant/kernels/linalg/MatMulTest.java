package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatMulTest {

  /**
   * Shapes around every boundary: lanes, rows of a step, sum blocks, panels of rows and columns.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 32, 31",
    "5, 255, 33",
    "6, 256, 32",
    "7, 257, 64",
    "97, 600, 40",
    "200, 288, 70",
    "13, 4096, 33",
    "9, 4640, 5"
  })
  void isWithinTheErrorOfItsSums(int rows, int columns, int tokens) {
    float[] values = Samples.gaussian(rows, rows * columns);
    TokenTiles x = Samples.activations(columns, columns, tokens);
    TokenTiles y = Samples.empty(rows, tokens);
    try (Workers workers = new Workers(1)) {
      new MatMul(workers).multiply(Samples.weights(values, rows, columns), x, y);
    }
    double unit = (MatMul.SUM_BLOCK + columns / MatMul.SUM_BLOCK + 1) * Samples.U;
    for (int t = 0; t < tokens; t++) {
      for (int n = 0; n < rows; n++) {
        double exact = 0;
        double magnitude = 0;
        for (int k = 0; k < columns; k++) {
          double term = (double) values[n * columns + k] * x.get(k, t);
          exact += term;
          magnitude += Math.abs(term);
        }
        assertThat((double) y.get(n, t))
            .as("row %d, token %d", n, t)
            .isCloseTo(exact, within(unit * magnitude));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 7, 3",
    "2, 32, 300, 33",
    "3, 97, 600, 40",
    "4, 200, 4500, 70",
    "5, 12, 512, 1"
  })
  void isTheSameForEveryImplementationAndNumberOfThreads(
      long seed, int rows, int columns, int tokens) {
    RowSource w = Samples.weights(Samples.gaussian(seed, rows * columns), rows, columns);
    TokenTiles x = Samples.activations(seed + 100, columns, tokens);
    int[] expected = product(w, x, 1, Samples.scalar());
    for (int threads = 1; threads <= 3; threads++) {
      assertThat(product(w, x, threads, Samples.scalar()))
          .as("seed %d, scalar, %d threads", seed, threads)
          .isEqualTo(expected);
      assertThat(product(w, x, threads, Samples.vector()))
          .as("seed %d, vector, %d threads", seed, threads)
          .isEqualTo(expected);
    }
  }

  private static int[] product(RowSource w, TokenTiles x, int threads, LaneKernels lanes) {
    TokenTiles y = Samples.empty(w.rows(), x.tokens());
    try (Workers workers = new Workers(threads)) {
      new MatMul(workers, lanes).multiply(w, x, y);
    }
    return Samples.bits(y);
  }

  @Test
  void shapesOfAnyOrderShareTheirRoom() {
    try (Workers workers = new Workers(1)) {
      MatMul product = new MatMul(workers);
      for (int[] shape : new int[][] {{24, 64}, {13, 104}, {1, 900}, {97, 30}, {25, 40}}) {
        float[] values = Samples.gaussian(shape[1], shape[0] * shape[1]);
        RowSource w = Samples.weights(values, shape[0], shape[1]);
        TokenTiles x = Samples.activations(shape[0], shape[1], 33);
        TokenTiles y = Samples.empty(shape[0], 33);
        product.multiply(w, x, y);
        assertThat(Samples.bits(y))
            .as("%d rows of %d", shape[0], shape[1])
            .isEqualTo(product(w, x, 1, Samples.scalar()));
      }
    }
  }

  @Test
  void doesNotMixTokens() {
    RowSource w = Samples.weights(Samples.gaussian(7, 20 * 40), 20, 40);
    TokenTiles all = Samples.activations(8, 40, 96);
    TokenTiles y = Samples.empty(20, 96);
    TokenTiles last = Samples.empty(20, 10);
    try (Workers workers = new Workers(1)) {
      MatMul product = new MatMul(workers);
      product.multiply(w, all, y);
      product.multiply(w, all.slice(64, 10), last);
    }
    assertThat(Samples.bits(last)).isEqualTo(Samples.bits(y.slice(64, 10)));
  }

  @Test
  void appliesOneDecodingToSeveralActivations() {
    int[] decoded = new int[1];
    RowSource w = Samples.weights(Samples.gaussian(9, 50 * 300), 50, 300);
    RowSource counting =
        new RowSource() {
          @Override
          public int rows() {
            return w.rows();
          }

          @Override
          public int columns() {
            return w.columns();
          }

          @Override
          public void decode(
              int firstRow, int rowCount, int firstColumn, int columns, float[] dst, int stride) {
            decoded[0] += rowCount * columns;
            w.decode(firstRow, rowCount, firstColumn, columns, dst, stride);
          }
        };
    List<TokenTiles> xs =
        List.of(Samples.activations(10, 300, 40), Samples.activations(11, 300, 7));
    List<TokenTiles> ys = List.of(Samples.empty(50, 40), Samples.empty(50, 7));
    try (Workers workers = new Workers(1)) {
      new MatMul(workers).multiply(counting, xs, ys);
    }
    assertThat(decoded[0]).isEqualTo(50 * 300);
    for (int i = 0; i < xs.size(); i++) {
      assertThat(Samples.bits(ys.get(i))).isEqualTo(product(w, xs.get(i), 1, Samples.scalar()));
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    RowSource w = Samples.weights(new float[6], 2, 3);
    try (Workers workers = new Workers(1)) {
      MatMul product = new MatMul(workers);
      assertThatThrownBy(
              () -> product.multiply(w, TokenTiles.allocate(4, 5), TokenTiles.allocate(2, 5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot multiply 2 x 3 weights by 4 x 5 activations into 2 x 5");
      assertThatThrownBy(
              () -> product.multiply(w, TokenTiles.allocate(3, 5), TokenTiles.allocate(3, 5)))
          .hasMessageContaining("into 3 x 5");
      assertThatThrownBy(
              () -> product.multiply(w, TokenTiles.allocate(3, 5), TokenTiles.allocate(2, 6)))
          .hasMessageContaining("into 2 x 6");
    }
  }
}
