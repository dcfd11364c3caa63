package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LaneKernels} with the Vector API, for vectors of 128, 256 and 512 bits.
 *
 * <p>Methods hold few vector operations each and pass each other arrays, never vectors: beyond a
 * limit of its own, or when a callee was compiled before, the compiler stops inlining, and then
 * every operation allocates and is ten times slower.
 */
final class VectorLanes implements LaneKernels {
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() > 512
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  /** Elements that gating takes through three loops, small enough to stay in the cache. */
  private static final int SILU_BLOCK = 1024;

  /** Where in the scratch of row statistics a block's exponentials are. */
  private static final int EXPONENTIALS = 2 * ROW_LANES;

  private static final FloatVector LOG2_E = all(Exp.LOG2_E);
  private static final FloatVector ROUNDER = all(Exp.ROUNDER);
  private static final FloatVector MINUS_LN2_HIGH = all(-Exp.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = all(-Exp.LN2_LOW);
  private static final FloatVector C2 = all(Exp.C2);
  private static final FloatVector C3 = all(Exp.C3);
  private static final FloatVector C4 = all(Exp.C4);
  private static final FloatVector C5 = all(Exp.C5);
  private static final FloatVector C6 = all(Exp.C6);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  VectorLanes() {
    if (2 * WIDTH > LANES || WIDTH < 4) {
      throw new UnsupportedOperationException(
          "Cannot compute with vectors of " + SPECIES.vectorBitSize() + " bits");
    }
  }

  @Override
  public String name() {
    return "vector-" + SPECIES.vectorBitSize();
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
    for (int l = 0; l < LANES; l += 2 * WIDTH) {
      int r = 0;
      for (; r + 6 <= rows; r += 6) {
        int from = wOffset + r * rowStride;
        dots6(x, xOffset + l, w, from, rowStride, columnStride, n, out, r * LANES + l);
      }
      for (; r + 2 <= rows; r += 2) {
        int from = wOffset + r * rowStride;
        dots2(x, xOffset + l, w, from, rowStride, columnStride, n, out, r * LANES + l);
      }
      if (r < rows) {
        dots1(x, xOffset + l, w, wOffset + r * rowStride, columnStride, n, out, r * LANES + l);
      }
    }
  }

  /** Six rows by two vectors: twelve sums, which with their operands fit 16 registers. */
  private static void dots6(
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int rowStride,
      int columnStride,
      int n,
      float[] out,
      int outOffset) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    FloatVector s40 = FloatVector.zero(SPECIES);
    FloatVector s41 = FloatVector.zero(SPECIES);
    FloatVector s50 = FloatVector.zero(SPECIES);
    FloatVector s51 = FloatVector.zero(SPECIES);
    for (int k = 0; k < n; k++) {
      int xi = xOffset + k * LANES;
      int wi = wOffset + k * columnStride;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xi);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xi + WIDTH);
      FloatVector weight = FloatVector.broadcast(SPECIES, w[wi]);
      s00 = x0.fma(weight, s00);
      s01 = x1.fma(weight, s01);
      weight = FloatVector.broadcast(SPECIES, w[wi + rowStride]);
      s10 = x0.fma(weight, s10);
      s11 = x1.fma(weight, s11);
      weight = FloatVector.broadcast(SPECIES, w[wi + 2 * rowStride]);
      s20 = x0.fma(weight, s20);
      s21 = x1.fma(weight, s21);
      weight = FloatVector.broadcast(SPECIES, w[wi + 3 * rowStride]);
      s30 = x0.fma(weight, s30);
      s31 = x1.fma(weight, s31);
      weight = FloatVector.broadcast(SPECIES, w[wi + 4 * rowStride]);
      s40 = x0.fma(weight, s40);
      s41 = x1.fma(weight, s41);
      weight = FloatVector.broadcast(SPECIES, w[wi + 5 * rowStride]);
      s50 = x0.fma(weight, s50);
      s51 = x1.fma(weight, s51);
    }
    s00.intoArray(out, outOffset);
    s01.intoArray(out, outOffset + WIDTH);
    s10.intoArray(out, outOffset + LANES);
    s11.intoArray(out, outOffset + LANES + WIDTH);
    s20.intoArray(out, outOffset + 2 * LANES);
    s21.intoArray(out, outOffset + 2 * LANES + WIDTH);
    s30.intoArray(out, outOffset + 3 * LANES);
    s31.intoArray(out, outOffset + 3 * LANES + WIDTH);
    s40.intoArray(out, outOffset + 4 * LANES);
    s41.intoArray(out, outOffset + 4 * LANES + WIDTH);
    s50.intoArray(out, outOffset + 5 * LANES);
    s51.intoArray(out, outOffset + 5 * LANES + WIDTH);
  }

  private static void dots2(
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int rowStride,
      int columnStride,
      int n,
      float[] out,
      int outOffset) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    for (int k = 0; k < n; k++) {
      int xi = xOffset + k * LANES;
      int wi = wOffset + k * columnStride;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xi);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xi + WIDTH);
      FloatVector weight = FloatVector.broadcast(SPECIES, w[wi]);
      s00 = x0.fma(weight, s00);
      s01 = x1.fma(weight, s01);
      weight = FloatVector.broadcast(SPECIES, w[wi + rowStride]);
      s10 = x0.fma(weight, s10);
      s11 = x1.fma(weight, s11);
    }
    s00.intoArray(out, outOffset);
    s01.intoArray(out, outOffset + WIDTH);
    s10.intoArray(out, outOffset + LANES);
    s11.intoArray(out, outOffset + LANES + WIDTH);
  }

  private static void dots1(
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int columnStride,
      int n,
      float[] out,
      int outOffset) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    for (int k = 0; k < n; k++) {
      int xi = xOffset + k * LANES;
      FloatVector weight = FloatVector.broadcast(SPECIES, w[wOffset + k * columnStride]);
      s0 = FloatVector.fromArray(SPECIES, x, xi).fma(weight, s0);
      s1 = FloatVector.fromArray(SPECIES, x, xi + WIDTH).fma(weight, s1);
    }
    s0.intoArray(out, outOffset);
    s1.intoArray(out, outOffset + WIDTH);
  }

  @Override
  public void accumulate(float[] src, float[] dst, int dstOffset, int n) {
    int i = 0;
    for (; i + WIDTH <= n; i += WIDTH) {
      FloatVector.fromArray(SPECIES, dst, dstOffset + i)
          .add(FloatVector.fromArray(SPECIES, src, i))
          .intoArray(dst, dstOffset + i);
    }
    for (; i < n; i++) {
      dst[dstOffset + i] += src[i];
    }
  }

  /** The one place with vectors of exponentials: others go through memory, in the cache. */
  @Override
  public void exp(float[] x, int offset, int n) {
    int end = offset + n;
    int i = offset;
    for (; i + WIDTH <= end; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector shifted = v.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
      FloatVector p = C6.fma(r, C5);
      p = p.fma(r, C4);
      p = p.fma(r, C3);
      p = p.fma(r, C2);
      p = p.fma(r, ONE);
      p = p.fma(r, ONE);
      IntVector power =
          shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, Exp.MANTISSA_BITS);
      p.reinterpretAsInts()
          .add(power)
          .reinterpretAsFloats()
          .blend(0f, v.compare(VectorOperators.LT, Exp.LOWEST))
          .blend(v.mul(INFINITY), v.compare(VectorOperators.LT, Exp.HIGHEST).not())
          .intoArray(x, i);
    }
    for (; i < end; i++) {
      x[i] = Exp.exp(x[i]);
    }
  }

  @Override
  public void siluMultiply(float[] gate, int gateOffset, float[] up, int upOffset, int n) {
    for (int block = 0; block < n; block += SILU_BLOCK) {
      int count = Math.min(SILU_BLOCK, n - block);
      numerators(gate, gateOffset + block, up, upOffset + block, count);
      exp(gate, gateOffset + block, count);
      quotients(gate, gateOffset + block, up, upOffset + block, count);
    }
  }

  private static void numerators(float[] gate, int gateOffset, float[] up, int upOffset, int n) {
    for (int i = 0; i < n; i++) {
      up[upOffset + i] = gate[gateOffset + i] * up[upOffset + i];
      gate[gateOffset + i] = -gate[gateOffset + i];
    }
  }

  private static void quotients(float[] exp, int expOffset, float[] up, int upOffset, int n) {
    for (int i = 0; i < n; i++) {
      up[upOffset + i] = up[upOffset + i] / (1f + exp[expOffset + i]);
    }
  }

  @Override
  public void laneMax(float[] panel, int offset, int rows, float[] max) {
    for (int l = 0; l < LANES; l += WIDTH) {
      FloatVector m = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      for (int r = 0; r < rows; r++) {
        m = m.max(FloatVector.fromArray(SPECIES, panel, offset + r * LANES + l));
      }
      m.intoArray(max, l);
    }
  }

  @Override
  public void laneExp(float[] panel, int offset, int rows, float scale, float[] max, float[] sum) {
    for (int l = 0; l < LANES; l += WIDTH) {
      FloatVector m = FloatVector.fromArray(SPECIES, max, l);
      for (int r = 0; r < rows; r++) {
        int i = offset + r * LANES + l;
        FloatVector.fromArray(SPECIES, panel, i).sub(m).mul(scale).intoArray(panel, i);
      }
    }
    exp(panel, offset, rows * LANES);
    for (int l = 0; l < LANES; l += WIDTH) {
      FloatVector chain = FloatVector.zero(SPECIES);
      for (int r = 0; r < rows; r++) {
        chain = chain.add(FloatVector.fromArray(SPECIES, panel, offset + r * LANES + l));
      }
      FloatVector.fromArray(SPECIES, sum, l).add(chain).intoArray(sum, l);
    }
  }

  @Override
  public float rowMax(float[] row, int offset, int n) {
    FloatVector m = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i + WIDTH <= n; i += WIDTH) {
      m = m.max(FloatVector.fromArray(SPECIES, row, offset + i));
    }
    // The maximum does not depend on the order, unlike a sum.
    float max = m.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = Math.max(max, row[offset + i]);
    }
    return max;
  }

  @Override
  public double expSum(float[] row, int offset, int n, float max, float[] scratch) {
    double sum = 0;
    for (int block = 0; block < n; block += ROW_BLOCK) {
      int count = Math.min(ROW_BLOCK, n - block);
      subtract(row, offset + block, max, scratch, EXPONENTIALS, count);
      exp(scratch, EXPONENTIALS, count);
      Arrays.fill(scratch, EXPONENTIALS + count, ROW_SCRATCH, 0f);
      for (int l = 0; l < ROW_LANES; l += WIDTH) {
        sumLane(scratch, EXPONENTIALS + l, l);
      }
      sum = ScalarLanes.fold(scratch, 0, sum);
    }
    return sum;
  }

  private static void subtract(
      float[] row, int offset, float max, float[] dst, int dstOffset, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOffset + i] = row[offset + i] - max;
    }
  }

  /** Adds up a block's elements of some lanes; absent ones are zeros, which change no sum. */
  private static void sumLane(float[] scratch, int from, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < ROW_BLOCK; i += ROW_LANES) {
      sum = sum.add(FloatVector.fromArray(SPECIES, scratch, from + i));
    }
    sum.intoArray(scratch, lane);
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
      int count = Math.min(ROW_BLOCK, n - block);
      int whole = count - count % ROW_LANES;
      int pFrom = pOffset + block;
      int qFrom = qOffset + block;
      subtract(p, pFrom, pMax, scratch, EXPONENTIALS, count);
      exp(scratch, EXPONENTIALS, count);
      for (int l = 0; l < ROW_LANES; l += WIDTH) {
        divergenceLane(p, pFrom + l, pMax, q, qFrom + l, qMax, whole, threshold, scratch, l);
      }
      for (int i = whole; i < count; i++) {
        float a = p[pFrom + i] - pMax;
        float b = q[qFrom + i] - qMax;
        if (a > threshold) {
          float e = scratch[EXPONENTIALS + i];
          int l = i - whole;
          scratch[l] += e;
          scratch[ROW_LANES + l] = Math.fma(e, a - b, scratch[ROW_LANES + l]);
        }
      }
      sums[0] = ScalarLanes.fold(scratch, 0, sums[0]);
      sums[1] = ScalarLanes.fold(scratch, ROW_LANES, sums[1]);
    }
  }

  private static void divergenceLane(
      float[] p,
      int pFrom,
      float pMax,
      float[] q,
      int qFrom,
      float qMax,
      int n,
      float threshold,
      float[] scratch,
      int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector weighted = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i += ROW_LANES) {
      FloatVector e = FloatVector.fromArray(SPECIES, scratch, EXPONENTIALS + lane + i);
      FloatVector a = FloatVector.fromArray(SPECIES, p, pFrom + i).sub(pMax);
      FloatVector b = FloatVector.fromArray(SPECIES, q, qFrom + i).sub(qMax);
      VectorMask<Float> counts = a.compare(VectorOperators.GT, threshold);
      sum = sum.blend(sum.add(e), counts);
      weighted = weighted.blend(e.fma(a.sub(b), weighted), counts);
    }
    sum.intoArray(scratch, lane);
    weighted.intoArray(scratch, ROW_LANES + lane);
  }
}
