package dev.sparkquant.eval.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DivergenceStatisticsTest {
  private static final Offset<Double> ROUNDING = within(1e-9);

  private final List<ChunkScores> chunks = chunks(new Random(5));
  private final DivergenceStatistics statistics = DivergenceStatistics.of(chunks);
  private final DivergenceSums sums = statistics.sums();

  private static List<ChunkScores> chunks(Random random) {
    List<ChunkScores> chunks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      chunks.add(RandomScores.chunk(i, 255, random));
    }
    return chunks;
  }

  private double[] all(ToDoubleBiFunction<ChunkScores, Integer> figure) {
    return chunks.stream()
        .flatMapToDouble(
            chunk ->
                java.util.stream.IntStream.range(0, chunk.count())
                    .mapToDouble(i -> figure.applyAsDouble(chunk, i)))
        .toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double covarianceOfMeans(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - mean(a)) * (b[i] - mean(b));
    }
    return sum / a.length / (a.length - 1);
  }

  private static double error(double[] values) {
    return Math.sqrt(covarianceOfMeans(values, values));
  }

  @Test
  void meansAndTheirErrorsAreThoseOfTheTokens() {
    double[] divergence = all(ChunkScores::divergence);
    double[] deltaP = all(ChunkScores::deltaP);

    assertThat(sums.count()).isEqualTo(5 * 255);
    assertThat(sums.meanDivergence().value()).isCloseTo(mean(divergence), ROUNDING);
    assertThat(sums.meanDivergence().error()).isCloseTo(error(divergence), ROUNDING);
    assertThat(sums.meanDeltaP().value()).isCloseTo(mean(deltaP), ROUNDING);
    assertThat(sums.meanDeltaP().error()).isCloseTo(error(deltaP), ROUNDING);
    assertThat(statistics.divergence().max())
        .isEqualTo(java.util.Arrays.stream(divergence).max().orElseThrow());
    assertThat(statistics.deltaP().min())
        .isEqualTo(java.util.Arrays.stream(deltaP).min().orElseThrow());
  }

  @Test
  void rmsErrorFollowsFromTheErrorOfTheMeanSquare() {
    double[] squares = all((chunk, i) -> chunk.deltaP(i) * chunk.deltaP(i));

    assertThat(sums.rmsDeltaP().value()).isCloseTo(Math.sqrt(mean(squares)), ROUNDING);
    assertThat(sums.rmsDeltaP().error())
        .isCloseTo(error(squares) / (2 * Math.sqrt(mean(squares))), ROUNDING);
  }

  @Test
  void perplexitiesAreExponentialsOfMeanLogLikelihoods() {
    double[] nll = all((chunk, i) -> -chunk.logProbability(i));
    double[] base = all((chunk, i) -> -chunk.baseLogProbability(i));

    assertThat(sums.perplexity().value()).isCloseTo(Math.exp(mean(nll)), ROUNDING);
    assertThat(sums.perplexity().error()).isCloseTo(Math.exp(mean(nll)) * error(nll), within(1e-6));
    assertThat(sums.basePerplexity().value()).isCloseTo(Math.exp(mean(base)), ROUNDING);
  }

  @Test
  void ratioAndDifferenceAccountForTheCovariance() {
    double[] nll = all((chunk, i) -> -chunk.logProbability(i));
    double[] base = all((chunk, i) -> -chunk.baseLogProbability(i));
    double[] ratio = all((chunk, i) -> chunk.baseLogProbability(i) - chunk.logProbability(i));

    assertThat(sums.nllCovariance()).isCloseTo(covarianceOfMeans(nll, base), ROUNDING);
    assertThat(sums.nllCorrelation())
        .isCloseTo(covarianceOfMeans(nll, base) / (error(nll) * error(base)), ROUNDING);
    assertThat(sums.logPerplexityRatio().value()).isCloseTo(mean(ratio), ROUNDING);
    assertThat(sums.logPerplexityRatio().error()).isCloseTo(error(ratio), within(1e-7));
    assertThat(sums.perplexityRatio().value()).isCloseTo(Math.exp(mean(ratio)), ROUNDING);
    assertThat(sums.perplexityDifference().value())
        .isCloseTo(Math.exp(mean(nll)) - Math.exp(mean(base)), ROUNDING);
    double[] difference =
        all(
            (chunk, i) ->
                Math.exp(mean(base)) * chunk.baseLogProbability(i)
                    - Math.exp(mean(nll)) * chunk.logProbability(i));
    assertThat(sums.perplexityDifference().error()).isCloseTo(error(difference), within(1e-5));
  }

  @Test
  void sameTopIsAShare() {
    double share = mean(all((chunk, i) -> chunk.sameTop(i) ? 1 : 0));

    assertThat(sums.sameTopShare().value()).isEqualTo(share);
    assertThat(sums.sameTopShare().error())
        .isCloseTo(Math.sqrt(share * (1 - share) / (5 * 255 - 1)), ROUNDING);
  }

  @Test
  void chunksAddUpInOrderToTheLastDigit() {
    DivergenceSums running = DivergenceSums.NONE;
    for (ChunkScores chunk : chunks) {
      running = running.plus(DivergenceSums.of(chunk));
    }

    assertThat(running).isEqualTo(sums);
  }

  @Test
  void equalModelsHaveNoErrorOfTheirRatio() {
    int n = 20;
    double[] log = new Random(1).doubles(n, -9, 0).toArray();
    DivergenceSums equal =
        DivergenceSums.of(
            new ChunkScores(0, new int[n], new double[n], log, log.clone(), new boolean[n]));

    assertThat(equal.logPerplexityRatio()).isEqualTo(new Estimate(0, 0));
    assertThat(equal.rmsDeltaP()).isEqualTo(new Estimate(0, 0));
    assertThat(equal.nllCorrelation()).isCloseTo(1, ROUNDING);
  }

  @Test
  void textHasTheWordsOfLlamaPerplexity() {
    String text = DivergenceText.statistics(statistics);

    assertThat(text.lines())
        .contains("====== KL divergence statistics ======")
        .anySatisfy(
            line -> assertThat(line).matches("Mean    KLD: +0\\.00\\d{4} ± +0\\.0000\\d\\d"))
        .anySatisfy(line -> assertThat(line).matches("Same top p: \\d\\d\\.\\d{3} ± 0\\.\\d{3} %"))
        .hasSize(39);
    assertThat(DivergenceText.chunkLine(3, sums)).startsWith("   3    ").endsWith(" %");
  }
}
