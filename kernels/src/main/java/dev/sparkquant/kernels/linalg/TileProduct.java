package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

/**
 * The product of some weight rows with the features of one tile: the step that matrix products and
 * attention are made of.
 *
 * <p>An instance belongs to one thread.
 */
final class TileProduct {
  private final LaneKernels lanes;
  private final float[] sums = new float[LaneKernels.MAX_ROWS * LANES];

  TileProduct(LaneKernels lanes) {
    this.lanes = lanes;
  }

  /**
   * For each of {@code rows} weight rows, the chain of fused multiply-adds over {@code n} columns
   * and the features {@code x} of a tile, from 0; stored to, or then added to, row after row of
   * {@code y}.
   *
   * @param first whether to store instead of to add
   */
  void multiply(
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int rowStride,
      int columnStride,
      int n,
      int rows,
      float[] y,
      int yOffset,
      boolean first) {
    for (int r = 0; r < rows; r += LaneKernels.MAX_ROWS) {
      int count = Math.min(LaneKernels.MAX_ROWS, rows - r);
      int from = wOffset + r * rowStride;
      lanes.dots(count, x, xOffset, w, from, rowStride, columnStride, n, sums);
      int to = yOffset + r * LANES;
      if (first) {
        System.arraycopy(sums, 0, y, to, count * LANES);
      } else {
        lanes.accumulate(sums, y, to, count * LANES);
      }
    }
  }
}
