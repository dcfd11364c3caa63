package dev.sparkquant.eval.divergence;

/**
 * The sums over scored tokens from which every mean figure follows.
 *
 * <p>Sums of chunks add up to sums of a corpus; added in chunk order they give the same digits
 * whatever computed the chunks. Negative log likelihoods are called nll here.
 */
public record DivergenceSums(
    long count,
    double nll,
    double nllSquared,
    double baseNll,
    double baseNllSquared,
    double nllTimesBaseNll,
    double divergence,
    double divergenceSquared,
    double deltaP,
    double deltaPSquared,
    double deltaPFourth,
    long sameTop) {

  /** The sums over no token. */
  public static final DivergenceSums NONE = new DivergenceSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The sums over one chunk. */
  public static DivergenceSums of(ChunkScores scores) {
    DivergenceSums sums = NONE;
    for (int i = 0; i < scores.count(); i++) {
      sums = sums.plus(ofToken(scores, i));
    }
    return sums;
  }

  private static DivergenceSums ofToken(ChunkScores scores, int i) {
    double nll = -scores.logProbability(i);
    double baseNll = -scores.baseLogProbability(i);
    double divergence = scores.divergence(i);
    double deltaP = scores.deltaP(i);
    double deltaPSquared = deltaP * deltaP;
    return new DivergenceSums(
        1,
        nll,
        nll * nll,
        baseNll,
        baseNll * baseNll,
        nll * baseNll,
        divergence,
        divergence * divergence,
        deltaP,
        deltaPSquared,
        deltaPSquared * deltaPSquared,
        scores.sameTop(i) ? 1 : 0);
  }

  /** The sums over both sets of tokens. */
  public DivergenceSums plus(DivergenceSums other) {
    return new DivergenceSums(
        count + other.count,
        nll + other.nll,
        nllSquared + other.nllSquared,
        baseNll + other.baseNll,
        baseNllSquared + other.baseNllSquared,
        nllTimesBaseNll + other.nllTimesBaseNll,
        divergence + other.divergence,
        divergenceSquared + other.divergenceSquared,
        deltaP + other.deltaP,
        deltaPSquared + other.deltaPSquared,
        deltaPFourth + other.deltaPFourth,
        sameTop + other.sameTop);
  }

  /** The mean negative log likelihood under the model. */
  public Estimate meanNll() {
    return Estimate.mean(nll, nllSquared, count);
  }

  /** The mean negative log likelihood under the base. */
  public Estimate meanBaseNll() {
    return Estimate.mean(baseNll, baseNllSquared, count);
  }

  /** The perplexity of the model. */
  public Estimate perplexity() {
    return meanNll().exp();
  }

  /** The perplexity of the base. */
  public Estimate basePerplexity() {
    return meanBaseNll().exp();
  }

  /** The covariance of the two mean negative log likelihoods; 0 for a handful of tokens. */
  public double nllCovariance() {
    if (count < 10) {
      return 0;
    }
    return (nllTimesBaseNll / count - (nll / count) * (baseNll / count)) / (count - 1);
  }

  /** The correlation of the two mean negative log likelihoods, from -1 to 1; 0 if unknown. */
  public double nllCorrelation() {
    double errors = meanNll().error() * meanBaseNll().error();
    return errors > 0 ? nllCovariance() / errors : 0;
  }

  /** The natural logarithm of the ratio of the two perplexities, model over base. */
  public Estimate logPerplexityRatio() {
    return meanNll().minus(meanBaseNll(), nllCovariance());
  }

  /** The ratio of the two perplexities, model over base. */
  public Estimate perplexityRatio() {
    return logPerplexityRatio().exp();
  }

  /** The model's perplexity less the base's. */
  public Estimate perplexityDifference() {
    Estimate model = perplexity();
    Estimate base = basePerplexity();
    return model.minus(base, model.value() * base.value() * nllCovariance());
  }

  /** The mean KL divergence. */
  public Estimate meanDivergence() {
    return Estimate.mean(divergence, divergenceSquared, count);
  }

  /** The mean change of the probability of the token that came next. */
  public Estimate meanDeltaP() {
    return Estimate.mean(deltaP, deltaPSquared, count);
  }

  /** The root of the mean square of that change. */
  public Estimate rmsDeltaP() {
    return Estimate.mean(deltaPSquared, deltaPFourth, count).sqrt();
  }

  /** The share of tokens at which both models hold the same token the likeliest. */
  public Estimate sameTopShare() {
    return Estimate.share(sameTop, count);
  }
}
