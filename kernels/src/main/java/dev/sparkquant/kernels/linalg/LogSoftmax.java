package dev.sparkquant.kernels.linalg;

/**
 * The log-softmax of one row of logits, without writing it: {@code log p_i = l_i - max - log(sum
 * over j of exp(l_j - max))}.
 *
 * <p>Exponentials are {@link Exp#exp}'s; their sum is float over blocks of 256 elements in 16
 * lanes, double beyond, so its relative error is that of the exponentials, 1e-7, and of 16
 * additions.
 *
 * <p>Holds the statistics of the row last given and a reference to it: the row must stay as it is
 * while they are used. An instance belongs to one thread.
 */
public final class LogSoftmax {
  private final LaneKernels lanes;
  private final float[] scratch = new float[LaneKernels.ROW_SCRATCH];
  private final double[] sums = new double[2];
  private float[] row = {};
  private int offset;
  private int length;
  private float max;
  private double logSum;

  /** Statistics with the implementation of this process. */
  public LogSoftmax() {
    this(Linalg.LANES);
  }

  LogSoftmax(LaneKernels lanes) {
    this.lanes = lanes;
  }

  /**
   * Takes the {@code length} logits from {@code offset} on, all finite.
   *
   * @throws IllegalArgumentException if there are none or they are not inside the array
   */
  public void take(float[] logits, int offset, int length) {
    hold(logits, offset, length);
    logSum = StrictMath.log(lanes.expSum(logits, offset, length, max, scratch));
  }

  /**
   * Takes the {@code length} log probabilities from {@code offset} on, all finite, as they are:
   * they are not normalized again, should rounding have left their sum other than 1.
   *
   * @throws IllegalArgumentException if there are none or they are not inside the array
   */
  public void takeLogProbabilities(float[] logProbabilities, int offset, int length) {
    hold(logProbabilities, offset, length);
    logSum = -max;
  }

  private void hold(float[] logits, int offset, int length) {
    if (offset < 0 || length <= 0 || length > logits.length - offset) {
      throw new IllegalArgumentException(
          "Cannot read " + length + " logits at " + offset + " of " + logits.length);
    }
    row = logits;
    this.offset = offset;
    this.length = length;
    max = lanes.rowMax(logits, offset, length);
  }

  /** The greatest logit. */
  public float max() {
    return max;
  }

  /** The natural logarithm of the sum of {@code exp(l_i - max)}. */
  public double logSum() {
    return logSum;
  }

  /** The first element that equals the greatest. */
  public int argMax() {
    int i = 0;
    while (row[offset + i] != max) {
      i++;
    }
    return i;
  }

  /** The natural logarithm of the probability of element {@code i}. */
  public double logProbability(int i) {
    if (i < 0 || i >= length) {
      throw new IndexOutOfBoundsException("element " + i + " of " + length + " logits");
    }
    return (double) row[offset + i] - max - logSum;
  }

  /**
   * The Kullback-Leibler divergence of {@code model} from this row: the sum over {@code i} of
   * {@code p_i (log p_i - log q_i)} in nats, where {@code p} is this row and {@code q} the model's.
   *
   * <p>Computed as {@code sum of p_i ((l_i - max) - (m_i - max_m)) + (log sum_m - log sum) sum of
   * p_i}, with the sums in double as above: neither maximum nor normalization costs precision.
   *
   * @param floor only elements with {@code log p_i} above it count; negative infinity for all
   * @throws IllegalArgumentException if the rows differ in length
   */
  public double divergence(LogSoftmax model, double floor) {
    if (model.length != length) {
      throw new IllegalArgumentException(
          "Cannot compare " + length + " logits with " + model.length);
    }
    lanes.divergenceSums(
        row,
        offset,
        max,
        model.row,
        model.offset,
        model.max,
        length,
        (float) (floor + logSum),
        scratch,
        sums);
    return (sums[1] + (model.logSum - logSum) * sums[0]) * StrictMath.exp(-logSum);
  }
}
