package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

import java.util.Arrays;

/** The specification of {@link LaneKernels} in plain Java. */
final class ScalarLanes implements LaneKernels {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void dots(
      int rows,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int rowStride,
      int columnStride,
      int n,
      float[] out) {
    Arrays.fill(out, 0, rows * LANES, 0f);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < n; k++) {
        float weight = w[wOffset + r * rowStride + k * columnStride];
        for (int l = 0; l < LANES; l++) {
          out[r * LANES + l] = Math.fma(x[xOffset + k * LANES + l], weight, out[r * LANES + l]);
        }
      }
    }
  }

  @Override
  public void packedDots(float[] x, int xOffset, float[] w, int wOffset, int n, float[] out) {
    dots(PACKED_ROWS, x, xOffset, w, wOffset, 1, PACKED_ROWS, n, out);
  }

  @Override
  public void accumulate(float[] src, float[] dst, int dstOffset, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOffset + i] += src[i];
    }
  }

  @Override
  public void exp(float[] x, int offset, int n) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = Exp.exp(x[i]);
    }
  }

  @Override
  public void siluMultiply(float[] gate, int gateOffset, float[] up, int upOffset, int n) {
    for (int i = 0; i < n; i++) {
      float g = gate[gateOffset + i];
      up[upOffset + i] = g * up[upOffset + i] / (1f + Exp.exp(-g));
    }
  }

  @Override
  public void laneMax(float[] panel, int offset, int rows, float[] max) {
    Arrays.fill(max, 0, LANES, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      for (int l = 0; l < LANES; l++) {
        max[l] = Math.max(max[l], panel[offset + r * LANES + l]);
      }
    }
  }

  @Override
  public void laneExp(float[] panel, int offset, int rows, float scale, float[] max, float[] sum) {
    for (int l = 0; l < LANES; l++) {
      float chain = 0f;
      for (int r = 0; r < rows; r++) {
        int i = offset + r * LANES + l;
        panel[i] = Exp.exp((panel[i] - max[l]) * scale);
        chain += panel[i];
      }
      sum[l] += chain;
    }
  }

  @Override
  public float rowMax(float[] row, int offset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, row[offset + i]);
    }
    return max;
  }

  @Override
  public double expSum(float[] row, int offset, int n, float max, float[] scratch) {
    double sum = 0;
    for (int block = 0; block < n; block += ROW_BLOCK) {
      Arrays.fill(scratch, 0, ROW_LANES, 0f);
      for (int i = block; i < Math.min(block + ROW_BLOCK, n); i++) {
        scratch[i % ROW_LANES] += Exp.exp(row[offset + i] - max);
      }
      sum = fold(scratch, 0, sum);
    }
    return sum;
  }

  @Override
  public void divergenceSums(
      float[] p,
      int pOffset,
      float pMax,
      float[] q,
      int qOffset,
      float qMax,
      int n,
      float threshold,
      float[] scratch,
      double[] sums) {
    sums[0] = 0;
    sums[1] = 0;
    for (int block = 0; block < n; block += ROW_BLOCK) {
      Arrays.fill(scratch, 0, 2 * ROW_LANES, 0f);
      for (int i = block; i < Math.min(block + ROW_BLOCK, n); i++) {
        float a = p[pOffset + i] - pMax;
        float b = q[qOffset + i] - qMax;
        if (a > threshold) {
          int l = i % ROW_LANES;
          float e = Exp.exp(a);
          scratch[l] += e;
          scratch[ROW_LANES + l] = Math.fma(e, a - b, scratch[ROW_LANES + l]);
        }
      }
      sums[0] = fold(scratch, 0, sums[0]);
      sums[1] = fold(scratch, ROW_LANES, sums[1]);
    }
  }

  /** {@code sum} plus {@link #ROW_LANES} lanes, one after the other. */
  static double fold(float[] lanes, int offset, double sum) {
    for (int l = 0; l < ROW_LANES; l++) {
      sum += lanes[offset + l];
    }
    return sum;
  }
}
