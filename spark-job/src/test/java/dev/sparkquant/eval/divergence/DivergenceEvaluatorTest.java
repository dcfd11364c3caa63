package dev.sparkquant.eval.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkquant.eval.model.LanguageModel;
import dev.sparkquant.eval.model.LockStep;
import dev.sparkquant.eval.model.Predictions;
import dev.sparkquant.eval.model.TinyModel;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceEvaluatorTest {
  private static final int CONTEXT = 24;
  private static final int CHUNKS = 5;

  /** Logits are floats of about 5. */
  private static final Offset<Double> ROUNDING = within(3e-6);

  private final Corpus corpus =
      Corpus.of(
          new Random(3).ints(CONTEXT * CHUNKS, 0, TinyModel.VOCABULARY).toArray(),
          CONTEXT,
          CHUNKS,
          OptionalInt.of(1));
  private final ScoredPositions positions = corpus.positions();

  @TempDir Path folder;
  private final Workers workers = new Workers(2);
  private LanguageModel base;
  private LanguageModel near;
  private LanguageModel far;

  @BeforeEach
  void open() throws IOException {
    base = TinyModel.llama(1).open(folder.resolve("base.gguf"));
    near = disturbed(0.02f).open(folder.resolve("near.gguf"));
    far = disturbed(0.4f).open(folder.resolve("far.gguf"));
  }

  private static TinyModel disturbed(float amount) {
    return TinyModel.llama(1)
        .disturb("blk.1.ffn_up.weight", amount)
        .disturb("output.weight", amount);
  }

  @AfterEach
  void close() throws IOException {
    workers.close();
    base.close();
    near.close();
    far.close();
  }

  /** Log probabilities of every token at every scored position, straight from the logits. */
  private double[][] logProbabilities(LanguageModel model) throws IOException {
    Predictions predictions =
        new LockStep(List.of(model), workers)
            .run(
                java.util.stream.IntStream.range(0, CHUNKS).mapToObj(corpus::input).toList(),
                positions.first(),
                positions.count());
    TokenTiles logits = predictions.logits(0, predictions.positions()).get(0);
    double[][] rows = new double[predictions.positions()][TinyModel.VOCABULARY];
    for (int position = 0; position < rows.length; position++) {
      double sum = 0;
      for (int token = 0; token < TinyModel.VOCABULARY; token++) {
        rows[position][token] = logits.get(token, position);
        sum += Math.exp(rows[position][token]);
      }
      for (int token = 0; token < TinyModel.VOCABULARY; token++) {
        rows[position][token] -= Math.log(sum);
      }
    }
    return rows;
  }

  private static int argMax(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }

  private void assertScores(
      List<ChunkScores> scores, double[][] base, double[][] model, double floor) {
    assertThat(scores).hasSize(CHUNKS);
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      ChunkScores ofChunk = scores.get(chunk);
      assertThat(ofChunk.chunk()).isEqualTo(chunk);
      assertThat(ofChunk.count()).isEqualTo(positions.count());
      for (int i = 0; i < ofChunk.count(); i++) {
        double[] p = base[chunk * positions.count() + i];
        double[] q = model[chunk * positions.count() + i];
        int next = corpus.targets(chunk)[positions.first() + i + 1];
        double divergence = 0;
        for (int token = 0; token < p.length; token++) {
          divergence += p[token] > floor ? Math.exp(p[token]) * (p[token] - q[token]) : 0;
        }
        assertThat(ofChunk.token(i)).isEqualTo(next);
        assertThat(ofChunk.divergence(i)).isCloseTo(divergence, ROUNDING);
        assertThat(ofChunk.logProbability(i)).isCloseTo(q[next], ROUNDING);
        assertThat(ofChunk.baseLogProbability(i)).isCloseTo(p[next], ROUNDING);
        assertThat(ofChunk.sameTop(i)).isEqualTo(argMax(p) == argMax(q));
      }
    }
  }

  private static void assertSame(List<ChunkScores> some, List<ChunkScores> others) {
    assertThat(some).usingRecursiveFieldByFieldElementComparator().isEqualTo(others);
  }

  @Test
  void scoresFollowFromTheLogits() throws IOException {
    List<List<ChunkScores>> scores =
        DivergenceEvaluator.against(base, List.of(near, far), workers).evaluate(corpus, 0, CHUNKS);

    assertThat(scores).hasSize(2);
    double[][] expected = logProbabilities(base);
    assertScores(scores.get(0), expected, logProbabilities(near), Double.NEGATIVE_INFINITY);
    assertScores(scores.get(1), expected, logProbabilities(far), Double.NEGATIVE_INFINITY);
    assertThat(DivergenceStatistics.of(scores.get(1)).sums().sameTop()).isBetween(1L, 54L);
  }

  @Test
  void theBaseDoesNotDivergeFromItself() throws IOException {
    DivergenceStatistics statistics =
        DivergenceStatistics.of(
            DivergenceEvaluator.against(base, List.of(base), workers)
                .evaluate(corpus, 0, CHUNKS)
                .get(0));

    assertThat(statistics.divergence().max()).isZero();
    assertThat(statistics.divergence().min()).isZero();
    assertThat(statistics.sums().perplexityRatio()).isEqualTo(new Estimate(1, 0));
    assertThat(statistics.sums().sameTopShare()).isEqualTo(new Estimate(1, 0));
  }

  @Test
  void neitherThreadsNorGroupsNorOtherModelsMatter() throws IOException {
    List<ChunkScores> together =
        DivergenceEvaluator.against(base, List.of(near, far), workers)
            .evaluate(corpus, 0, CHUNKS)
            .get(1);
    try (Workers one = new Workers(1)) {
      DivergenceEvaluator alone = DivergenceEvaluator.against(base, List.of(far), one);

      assertSame(alone.evaluate(corpus, 0, 2).get(0), together.subList(0, 2));
      assertSame(alone.evaluate(corpus, 2, 3).get(0), together.subList(2, 5));
    }
  }

  @Test
  void savedLogitsStandInForTheBase() throws IOException {
    Path file = folder.resolve("base.kld");
    LogitsHeader header = new LogitsHeader(CONTEXT, TinyModel.VOCABULARY, CHUNKS);
    try (LocalFileOutput output = LocalFileOutput.create(file)) {
      LogitsFileWriter writer = new LogitsFileWriter(output, header);
      writer.writeHeader(corpus);
      DivergenceEvaluator saving = DivergenceEvaluator.against(base, List.of(), workers);
      assertThat(saving.evaluateAndSave(corpus, 3, 2, writer)).isEmpty();
      assertThat(saving.evaluateAndSave(corpus, 0, 3, writer)).isEmpty();
    }
    assertThat(Files.size(file)).isEqualTo(header.fileBytes());

    try (LocalFileInput input = LocalFileInput.open(file)) {
      LogitsFileReader reader = LogitsFileReader.open(input);
      Corpus saved = reader.corpus(OptionalInt.of(1));
      List<ChunkScores> scores =
          DivergenceEvaluator.against(reader, List.of(far), workers)
              .evaluate(saved, 0, CHUNKS)
              .get(0);

      double[][] exact = logProbabilities(base);
      double[][] decoded = decoded(reader);
      for (int position = 0; position < exact.length; position++) {
        for (int token = 0; token < TinyModel.VOCABULARY; token++) {
          // Half a step of the stored range, at most 16.
          assertThat(decoded[position][token]).isCloseTo(exact[position][token], within(1.3e-4));
        }
      }
      assertScores(scores, decoded, logProbabilities(far), -16);
    }
  }

  private static double[][] decoded(LogitsFileReader reader) throws IOException {
    ScoredPositions positions = reader.header().positions();
    double[][] rows = new double[CHUNKS * positions.count()][TinyModel.VOCABULARY];
    byte[] bytes = new byte[reader.header().rowBytes()];
    float[] row = new float[TinyModel.VOCABULARY];
    for (int i = 0; i < rows.length; i++) {
      reader.readRows(i / positions.count(), i % positions.count(), 1, bytes);
      LogProbabilities.decode(java.nio.ByteBuffer.wrap(bytes), TinyModel.VOCABULARY, row, 0);
      for (int token = 0; token < row.length; token++) {
        rows[i][token] = row[token];
      }
    }
    return rows;
  }

  @Test
  void logitsOfAnotherVocabularyAreRefused() throws IOException {
    Path file = folder.resolve("other.kld");
    LogitsHeader header = new LogitsHeader(CONTEXT, TinyModel.VOCABULARY + 2, CHUNKS);
    try (LocalFileOutput output = LocalFileOutput.create(file)) {
      new LogitsFileWriter(output, header).writeHeader(corpus);
      byte[] rows = new byte[CHUNKS * positions.count() * header.rowBytes()];
      new LogitsFileWriter(output, header).writeRows(0, 0, rows, rows.length);
    }
    try (LocalFileInput input = LocalFileInput.open(file)) {
      LogitsFileReader reader = LogitsFileReader.open(input);
      assertThatThrownBy(() -> DivergenceEvaluator.against(reader, List.of(near), workers))
          .isInstanceOf(EvaluationException.class)
          .hasMessage(
              "Cannot compare %s with these base logits: its vocabulary has 96 tokens, theirs 98",
              near.name());
    }
  }

  @Test
  void logitsThatAreNotFiniteAreNamed() throws IOException {
    TinyModel model = TinyModel.llama(1);
    model.elements("output_norm.weight")[3] = Float.NaN;
    try (LanguageModel broken = model.open(folder.resolve("broken.gguf"))) {
      DivergenceEvaluator evaluator = DivergenceEvaluator.against(base, List.of(broken), workers);
      assertThatThrownBy(() -> evaluator.evaluate(corpus, 1, 1))
          .isInstanceOf(EvaluationException.class)
          .hasMessage(
              "Cannot score %s: at scored position 0 of chunk 1 its logits or the base's are not"
                  + " finite",
              broken.name());
    }
  }

  @Test
  void memoryGrowsWithChunksAndModels() {
    DivergenceEvaluator one = DivergenceEvaluator.against(base, List.of(near), workers);
    DivergenceEvaluator two = DivergenceEvaluator.against(base, List.of(near, far), workers);

    assertThat(one.bytes(512, 2)).isGreaterThan(one.bytes(512, 1));
    assertThat(two.bytes(512, 2)).isGreaterThan(one.bytes(512, 2));
    assertThat(one.mostChunks(512, one.bytes(512, 7))).isEqualTo(7);
    assertThat(one.mostChunks(512, one.bytes(512, 7) - 1)).isEqualTo(6);
    assertThat(one.mostChunks(512, 1)).isZero();
  }
}
