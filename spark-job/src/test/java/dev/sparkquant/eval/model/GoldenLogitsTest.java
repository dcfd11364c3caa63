package dev.sparkquant.eval.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our logits beside llama.cpp's. It keeps keys and values in half precision, so they differ a
 * little: their root mean square by less than 0.3 % of the logits' spread, and the likeliest token
 * only where the two likeliest are closer than that.
 */
class GoldenLogitsTest {
  private static final double TOLERANCE = 0.003;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void logitsAreThoseOfLlamaCpp(GoldenModel golden) throws IOException {
    List<Row> expected = rows(golden);
    TokenTiles logits = logits(golden);
    double spread = spread(expected);
    double squares = 0;
    for (Row row : expected) {
      double[] ours = new double[TinyModel.VOCABULARY];
      for (int token = 0; token < ours.length; token++) {
        ours[token] = logits.get(token, row.position());
        squares += Math.pow(ours[token] - row.logits()[token], 2);
      }
      int best = argMax(row.logits());
      assertThat(row.logits()[best] - row.logits()[argMax(ours)])
          .as("lead of llama.cpp's likeliest token over ours at position %d", row.position())
          .isLessThan(TOLERANCE * spread);
    }
    assertThat(Math.sqrt(squares / expected.size() / TinyModel.VOCABULARY))
        .as("root mean square of the difference")
        .isLessThan(TOLERANCE * spread);
  }

  private TokenTiles logits(GoldenModel golden) throws IOException {
    try (LanguageModel model = golden.create().open(folder.resolve("m.gguf"));
        Workers workers = new Workers(2)) {
      LockStep lockStep = new LockStep(List.of(model), workers);
      Predictions predictions = lockStep.run(List.of(GoldenModel.tokens()), 0, GoldenModel.TOKENS);
      return predictions.logits(0, GoldenModel.TOKENS).get(0);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Row(int position, double[] logits) {}

  private static List<Row> rows(GoldenModel golden) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                GoldenLogitsTest.class.getResourceAsStream("golden-logits.txt"),
                StandardCharsets.UTF_8))) {
      List<Row> rows =
          reader
              .lines()
              .filter(line -> line.startsWith(golden.name() + " "))
              .map(GoldenLogitsTest::row)
              .toList();
      assertThat(rows).hasSizeGreaterThanOrEqualTo(6);
      return rows;
    }
  }

  private static Row row(String line) {
    int[] numbers =
        Arrays.stream(line.substring(line.indexOf(' ') + 1).split(" ", -1))
            .mapToInt(Integer::parseInt)
            .toArray();
    return new Row(
        numbers[0],
        Arrays.stream(numbers).skip(1).mapToDouble(number -> number / 1000.0).toArray());
  }

  private static double spread(List<Row> rows) {
    double[] all = rows.stream().flatMapToDouble(row -> Arrays.stream(row.logits())).toArray();
    double mean = Arrays.stream(all).average().orElseThrow();
    return Math.sqrt(Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
