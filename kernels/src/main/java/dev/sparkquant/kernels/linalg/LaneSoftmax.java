package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

import java.util.Arrays;

/**
 * Softmax of every token over its features: {@code y_f = exp(s (x_f - max)) / sum of them}.
 *
 * <p>The sum is taken in blocks of 32 features: a chain within a block, then the blocks' sums one
 * after the other; results are multiplied by its inverse. A value of minus infinity counts as
 * absent.
 *
 * <p>An instance belongs to one thread.
 */
public final class LaneSoftmax {
  private static final int BLOCK = LANES;

  private final LaneKernels lanes;
  private final float[] max = new float[LANES];
  private final float[] sum = new float[LANES];

  /** Softmax with the implementation of this process. */
  public LaneSoftmax() {
    this(Linalg.LANES);
  }

  LaneSoftmax(LaneKernels lanes) {
    this.lanes = lanes;
  }

  /**
   * Softmax in place of all features of a tile, such as a router's scores of experts.
   *
   * @param scale what values are multiplied by first, positive
   */
  public void apply(TokenTiles x, float scale, int tile) {
    exponentials(x.data(), x.base(tile), x.features(), scale);
    normalize(x.data(), x.base(tile), x.features());
  }

  /** Replaces a panel of {@code rows} rows by the exponentials and keeps each lane's sum. */
  void exponentials(float[] panel, int offset, int rows, float scale) {
    lanes.laneMax(panel, offset, rows, max);
    Arrays.fill(sum, 0f);
    for (int r = 0; r < rows; r += BLOCK) {
      lanes.laneExp(panel, offset + r * LANES, Math.min(BLOCK, rows - r), scale, max, sum);
    }
  }

  /** Divides a panel of {@code rows} rows by each lane's kept sum. */
  void normalize(float[] panel, int offset, int rows) {
    for (int l = 0; l < LANES; l++) {
      sum[l] = 1f / sum[l];
    }
    for (int r = 0; r < rows; r++) {
      for (int l = 0; l < LANES; l++) {
        panel[offset + r * LANES + l] *= sum[l];
      }
    }
  }
}
