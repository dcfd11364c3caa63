package dev.sparkquant.report.data;

import dev.sparkquant.report.data.TokenFindings.PositionMean;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Reads {@code tokens.parquet}, a row for each scored token and scheme, in one pass: a chunk's rows
 * follow one another in the order of the text. Keeps sums by position and the few worst tokens.
 */
final class TokensReader {
  private static final int WORST = 12;
  private static final int CONTEXT = 28;
  private static final int BINS = 64;
  private static final List<String> COLUMNS =
      List.of(
          "scheme",
          "corpus",
          "chunk",
          "position",
          "token",
          "kld",
          "log_p",
          "log_p_base",
          "same_top");

  private final Map<String, SchemeSums> byScheme = new LinkedHashMap<>();
  private final int[] before = new int[CONTEXT];
  private int known;
  private String lastScheme = "";
  private String lastCorpus = "";
  private int lastChunk = -1;
  private int lastPosition = -1;

  private TokensReader() {}

  /** What is kept of one scheme. */
  private static final class SchemeSums {
    private final PriorityQueue<HurtToken> worst =
        new PriorityQueue<>(Comparator.comparingDouble(HurtToken::kld));
    private double[] sums = new double[1024];
    private long[] counts = new long[1024];

    void add(int position, double kld) {
      if (position >= sums.length) {
        int length = Math.max(position + 1, 2 * sums.length);
        sums = Arrays.copyOf(sums, length);
        counts = Arrays.copyOf(counts, length);
      }
      sums[position] += kld;
      counts[position]++;
    }

    boolean isAmongWorst(double kld) {
      return worst.size() < WORST || kld > worst.element().kld();
    }

    void keep(HurtToken token) {
      worst.add(token);
      if (worst.size() > WORST) {
        worst.remove();
      }
    }

    List<PositionMean> means() {
      int first = 0;
      while (first < counts.length && counts[first] == 0) {
        first++;
      }
      int end = counts.length;
      while (end > first && counts[end - 1] == 0) {
        end--;
      }
      int bins = Math.min(BINS, end - first);
      List<PositionMean> means = new ArrayList<>();
      for (int bin = 0; bin < bins; bin++) {
        int from = first + (int) ((long) bin * (end - first) / bins);
        int to = first + (int) ((bin + 1L) * (end - first) / bins);
        long count = Arrays.stream(counts, from, to).sum();
        if (count > 0) {
          double sum = Arrays.stream(sums, from, to).sum();
          means.add(new PositionMean((from + to - 1) / 2.0, sum / count));
        }
      }
      return means;
    }
  }

  static TokenFindings read(Path file) throws IOException {
    TokensReader reader = new TokensReader();
    TableReader.scan(file, COLUMNS, reader::add);
    Map<String, List<PositionMean>> byPosition = new LinkedHashMap<>();
    Map<String, List<HurtToken>> hurtMost = new LinkedHashMap<>();
    reader.byScheme.forEach(
        (scheme, sums) -> {
          byPosition.put(scheme, sums.means());
          hurtMost.put(
              scheme,
              sums.worst.stream()
                  .sorted(Comparator.comparingDouble(HurtToken::kld).reversed())
                  .toList());
        });
    return new TokenFindings(byPosition, hurtMost);
  }

  private void add(TableReader row) {
    String scheme = row.textAt(0);
    String corpus = row.textAt(1);
    int chunk = row.intAt(2);
    int position = row.intAt(3);
    boolean follows =
        chunk == lastChunk
            && position == lastPosition + 1
            && corpus.equals(lastCorpus)
            && scheme.equals(lastScheme);
    if (!follows) {
      known = 0;
    }
    int token = row.intAt(4);
    double kld = row.doubleAt(5);
    SchemeSums sums = byScheme.computeIfAbsent(scheme, s -> new SchemeSums());
    sums.add(position, kld);
    if (sums.isAmongWorst(kld)) {
      sums.keep(
          new HurtToken(
              corpus,
              chunk,
              position,
              context(),
              token,
              kld,
              Math.exp(row.doubleAt(6)),
              Math.exp(row.doubleAt(7)),
              row.booleanAt(8)));
    }
    before[known % CONTEXT] = token;
    known++;
    lastScheme = scheme;
    lastCorpus = corpus;
    lastChunk = chunk;
    lastPosition = position;
  }

  /** The tokens in front of the current one, the farthest first. */
  private List<Integer> context() {
    List<Integer> tokens = new ArrayList<>();
    for (int i = Math.max(0, known - CONTEXT); i < known; i++) {
      tokens.add(before[i % CONTEXT]);
    }
    return tokens;
  }
}
