package dev.sparkquant.eval.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.sparkquant.eval.model.LanguageModel;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.kernels.linalg.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo model's figures beside llama-perplexity's, directly and through a file of base logits.
 * There the base was the model in F32, the quantized model was decoded to F32 first, and keys and
 * values were kept in F32, so that nothing but the weights differs.
 */
class LlamaPerplexityTest {
  private static final Path BASE = Path.of("../submit/demo/tiny-mistral-bf16.gguf");

  /** llama-perplexity prints six digits. */
  private static final double PRINTED = 0.51e-6;

  @TempDir Path folder;

  private static int[] tokens() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                LlamaPerplexityTest.class.getResourceAsStream("kjv-tokens.txt"),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .mapToInt(Integer::parseInt)
          .toArray();
    }
  }

  private static LanguageModel open(Path file) throws IOException {
    return LanguageModel.open(GgufModel.open(file), InputOpener.local());
  }

  /** Scores of a quantized model: beside the base itself, and beside the base's saved logits. */
  private record Scores(List<ChunkScores> direct, List<ChunkScores> throughFile) {}

  private Scores scores(String scheme, int contextLength, int chunks) throws IOException {
    Corpus corpus = Corpus.of(tokens(), contextLength, chunks, OptionalInt.of(1));
    Path saved = folder.resolve("base.kld");
    try (LanguageModel base = open(BASE);
        LanguageModel model = open(QuantizedCopy.write(BASE, scheme, folder.resolve("q.gguf")));
        Workers workers = new Workers(2);
        LocalFileOutput output = LocalFileOutput.create(saved)) {
      LogitsFileWriter writer =
          new LogitsFileWriter(output, new LogitsHeader(contextLength, base.vocabulary(), chunks));
      writer.writeHeader(corpus);
      List<ChunkScores> direct =
          DivergenceEvaluator.against(base, List.of(model), workers)
              .evaluateAndSave(corpus, 0, chunks, writer)
              .get(0);
      try (LocalFileInput input = LocalFileInput.open(saved)) {
        LogitsFileReader reader = LogitsFileReader.open(input);
        return new Scores(
            direct,
            DivergenceEvaluator.against(reader, List.of(model), workers)
                .evaluate(reader.corpus(OptionalInt.of(1)), 0, chunks)
                .get(0));
      }
    }
  }

  @Test
  void figuresAreThoseOfLlamaPerplexity() throws IOException {
    Scores scores = scores("Q4_K_M", 2048, 4);

    assertFigures(scores.direct(), 1);
    assertFigures(scores.throughFile(), 0.2);
  }

  /**
   * Q8_0 on 34 chunks of 512 tokens comes so close to the original that llama-perplexity measures
   * the rounding of its own file of base logits: it prints a median of 0.000024 and, what no
   * divergence can be, a first percentile of -0.000012. Through such a file ours are the same;
   * beside the base itself the median is 0.0000225 and no percentile is negative. The mean, whose
   * rounding errors cancel, is 0.000034 either way.
   */
  @Test
  void logitsFilesHaveANoiseFloor() throws IOException {
    Scores scores = scores("Q8_0", 512, 34);
    DivergenceStatistics direct = DivergenceStatistics.of(scores.direct());
    DivergenceStatistics throughFile = DivergenceStatistics.of(scores.throughFile());

    for (DivergenceStatistics statistics : List.of(direct, throughFile)) {
      DivergenceSums sums = statistics.sums();
      assertThat(sums.basePerplexity().value()).isCloseTo(46.353201, withinPercentage(0.01));
      assertThat(sums.perplexity().value()).isCloseTo(46.357410, withinPercentage(0.01));
      assertThat(sums.meanDivergence().value()).isCloseTo(0.000034, within(PRINTED));
      assertThat(statistics.divergence().max()).isCloseTo(0.002703, withinPercentage(1));
      assertThat(sums.rmsDeltaP().value()).isCloseTo(0.00112, withinPercentage(1));
      assertThat(sums.sameTopShare().value()).isCloseTo(0.99608, within(0.001));
    }
    assertThat(throughFile.divergence().median()).isCloseTo(0.000024, within(PRINTED));
    assertThat(throughFile.divergence().quantile(0.01)).isCloseTo(-0.000012, within(PRINTED));
    assertThat(direct.divergence().median()).isCloseTo(0.0000225, within(1e-7));
    assertThat(direct.divergence().quantile(0.01)).isPositive();
  }

  /**
   * @param percent by how much the mean divergence may differ
   */
  private static void assertFigures(List<ChunkScores> scores, double percent) {
    DivergenceStatistics statistics = DivergenceStatistics.of(scores);
    DivergenceSums sums = statistics.sums();

    assertThat(sums.basePerplexity().value()).isCloseTo(70.524206, withinPercentage(0.01));
    assertThat(sums.perplexity().value()).isCloseTo(70.752229, withinPercentage(0.01));
    assertThat(sums.logPerplexityRatio().value()).isCloseTo(0.003228, within(2e-6));
    assertThat(sums.meanDivergence().value()).isCloseTo(0.005999, withinPercentage(percent));
    assertThat(sums.meanDivergence().error()).isCloseTo(0.000282, within(1e-6));
    assertThat(statistics.divergence().max()).isCloseTo(0.788942, withinPercentage(1));
    assertThat(statistics.divergence().quantile(0.999)).isCloseTo(0.133773, withinPercentage(1));
    assertThat(statistics.divergence().quantile(0.99)).isCloseTo(0.054050, withinPercentage(1));
    assertThat(statistics.divergence().median()).isCloseTo(0.002352, withinPercentage(1));
    assertThat(sums.meanDeltaP().value()).isCloseTo(-0.00041, within(1e-5));
    assertThat(sums.rmsDeltaP().value()).isCloseTo(0.01333, withinPercentage(1));
    assertThat(statistics.deltaP().quantile(0.99)).isCloseTo(0.04157, withinPercentage(1));
    assertThat(statistics.deltaP().quantile(0.01)).isCloseTo(-0.04231, withinPercentage(1));
    assertThat(sums.sameTopShare().value()).isCloseTo(0.94257, within(0.001));
  }
}
