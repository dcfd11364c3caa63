package dev.sparkquant.kernels.linalg;

/**
 * The inner loops of this package, over raw arrays.
 *
 * <p>All implementations return the same bits; {@link ScalarLanes} is the specification. A panel is
 * rows of {@link TokenTiles#LANES} floats, one a token. Stateless; arguments are not checked.
 */
interface LaneKernels {

  /** Rows that {@link #dots} takes at most. */
  int MAX_ROWS = 6;

  /** Rows that {@link #packedDots} takes. */
  int PACKED_ROWS = 12;

  /** Virtual lanes that {@link #expSum} and {@link #divergenceSums} spread a row over. */
  int ROW_LANES = 16;

  /** Elements that those sum in float before they go on in double. */
  int ROW_BLOCK = 256;

  /** Scratch for those: two sets of lanes, then a block. */
  int ROW_SCRATCH = 2 * ROW_LANES + ROW_BLOCK;

  /** How reports name this implementation. */
  String name();

  /**
   * For each of {@code rows} weight rows and each lane, the sum over {@code k} from 0 to {@code n -
   * 1} of {@code w[wOffset + r * rowStride + k * columnStride] * x[xOffset + k * 32 + lane]}, a
   * chain of fused multiply-adds that starts from 0.
   *
   * @param out receives a panel of {@code rows} rows from index 0 on
   */
  void dots(
      int rows,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int rowStride,
      int columnStride,
      int n,
      float[] out);

  /**
   * The same for {@value #PACKED_ROWS} rows that lie column after column: of {@code w[wOffset + k *
   * 12 + r]}.
   *
   * <p>One stream of weights, read in order, spares the bounds checks and addresses that rows apart
   * need.
   */
  void packedDots(float[] x, int xOffset, float[] w, int wOffset, int n, float[] out);

  /** Adds {@code n} floats of {@code src}, from index 0 on, to those of {@code dst}. */
  void accumulate(float[] src, float[] dst, int dstOffset, int n);

  /** Replaces {@code n} values by {@link Exp#exp} of them. */
  void exp(float[] x, int offset, int n);

  /**
   * {@code up = gate * up / (1 + exp(-gate))}; {@code gate} is used up.
   *
   * @param n a multiple of {@link TokenTiles#LANES}
   */
  void siluMultiply(float[] gate, int gateOffset, float[] up, int upOffset, int n);

  /** The greatest value of each lane over {@code rows} rows of a panel. */
  void laneMax(float[] panel, int offset, int rows, float[] max);

  /**
   * Replaces a panel's values by {@code exp((value - max) * scale)} and adds them, a chain from 0
   * in the order of rows, to {@code sum}.
   */
  void laneExp(float[] panel, int offset, int rows, float scale, float[] max, float[] sum);

  /** The greatest of {@code n} values. */
  float rowMax(float[] row, int offset, int n);

  /**
   * The sum of {@code exp(row[i] - max)}.
   *
   * <p>Within a block of {@link #ROW_BLOCK} elements, element {@code i} is added to float lane
   * {@code i % 16}, from 0; then the lanes are added in order to the double result.
   *
   * @param scratch room for {@link #ROW_SCRATCH} floats
   */
  double expSum(float[] row, int offset, int n, float max, float[] scratch);

  /**
   * With {@code a = p[i] - pMax}, {@code b = q[i] - qMax} and {@code e = exp(a)}, over the elements
   * where {@code a > threshold}: the sum of {@code e} and the sum of {@code e * (a - b)} (fused),
   * in the order of {@link #expSum}.
   *
   * @param scratch room for {@link #ROW_SCRATCH} floats
   * @param sums receives the two
   */
  void divergenceSums(
      float[] p,
      int pOffset,
      float pMax,
      float[] q,
      int qOffset,
      float qMax,
      int n,
      float threshold,
      float[] scratch,
      double[] sums);
}
