package dev.sparkquant.report.data;

import dev.sparkquant.eval.divergence.Estimate;
import java.util.Map;

/**
 * How far a scheme is from the original, over some corpora.
 *
 * @param tokens how many were scored
 * @param kld mean KL divergence in nats
 * @param deltaP mean change of the probability of the token that came next, from -1 to 1
 * @param rmsDeltaP root of the mean square of that change
 * @param sameTop share of tokens with the same likeliest token
 */
public record Divergence(
    long tokens,
    Estimate ppl,
    Estimate basePpl,
    Estimate logPplRatio,
    Estimate kld,
    Estimate deltaP,
    Estimate rmsDeltaP,
    Estimate sameTop,
    Map<Percentile, Double> kldPercentiles,
    Map<Percentile, Double> deltaPPercentiles) {

  public Divergence {
    kldPercentiles = Map.copyOf(kldPercentiles);
    deltaPPercentiles = Map.copyOf(deltaPPercentiles);
  }
}
