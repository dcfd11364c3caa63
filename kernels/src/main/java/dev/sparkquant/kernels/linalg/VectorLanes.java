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
  /** The system property that forces a width in bits, as for encoders. */
  private static final String BITS = "sparkquant.vector.bits";

  private static final VectorSpecies<Float> SPECIES = species();
  private static final int WIDTH = SPECIES.length();

  /** Elements that gating takes through three loops, small enough to stay in the cache. */
  private static final int SILU_BLOCK = 1024;

  /** Where in the scratch of row statistics a block's exponentials are. */
  private static final int EXPONENTIALS = 2 * ROW_LANES;

  private static VectorSpecies<Float> species() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    int bits = Integer.getInteger(BITS, Math.max(128, Math.min(512, preferred)));
    return switch (bits) {
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      case 512 -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              "Cannot use vectors of " + bits + " bits: " + BITS + " is 128, 256 or 512");
    };
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
  public void packedDots(float[] x, int xOffset, float[] w, int wOffset, int n, float[] out) {
    if (WIDTH == 16) {
      packed12(x, xOffset, w, wOffset, n, out, 0);
      return;
    }
    for (int l = 0; l < LANES; l += 2 * WIDTH) {
      packed6(x, xOffset + l, w, wOffset, n, out, l);
      packed6(x, xOffset + l, w, wOffset + 6, n, out, 6 * LANES + l);
    }
  }

  /** Twelve rows by two vectors: 24 sums, which with their operands fit 32 registers. */
  private static void packed12(
      float[] x, int xOffset, float[] w, int wOffset, int n, float[] out, int outOffset) {
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
    FloatVector s60 = FloatVector.zero(SPECIES);
    FloatVector s61 = FloatVector.zero(SPECIES);
    FloatVector s70 = FloatVector.zero(SPECIES);
    FloatVector s71 = FloatVector.zero(SPECIES);
    FloatVector s80 = FloatVector.zero(SPECIES);
    FloatVector s81 = FloatVector.zero(SPECIES);
    FloatVector s90 = FloatVector.zero(SPECIES);
    FloatVector s91 = FloatVector.zero(SPECIES);
    FloatVector sa0 = FloatVector.zero(SPECIES);
    FloatVector sa1 = FloatVector.zero(SPECIES);
    FloatVector sb0 = FloatVector.zero(SPECIES);
    FloatVector sb1 = FloatVector.zero(SPECIES);
    for (int k = 0; k < n; k++) {
      int xi = xOffset + k * LANES;
      int wi = wOffset + k * PACKED_ROWS;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xi);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xi + WIDTH);
      FloatVector weight = FloatVector.broadcast(SPECIES, w[wi]);
      s00 = x0.fma(weight, s00);
      s01 = x1.fma(weight, s01);
      weight = FloatVector.broadcast(SPECIES, w[wi + 1]);
      s10 = x0.fma(weight, s10);
      s11 = x1.fma(weight, s11);
      weight = FloatVector.broadcast(SPECIES, w[wi + 2]);
      s20 = x0.fma(weight, s20);
      s21 = x1.fma(weight, s21);
      weight = FloatVector.broadcast(SPECIES, w[wi + 3]);
      s30 = x0.fma(weight, s30);
      s31 = x1.fma(weight, s31);
      weight = FloatVector.broadcast(SPECIES, w[wi + 4]);
      s40 = x0.fma(weight, s40);
      s41 = x1.fma(weight, s41);
      weight = FloatVector.broadcast(SPECIES, w[wi + 5]);
      s50 = x0.fma(weight, s50);
      s51 = x1.fma(weight, s51);
      weight = FloatVector.broadcast(SPECIES, w[wi + 6]);
      s60 = x0.fma(weight, s60);
      s61 = x1.fma(weight, s61);
      weight = FloatVector.broadcast(SPECIES, w[wi + 7]);
      s70 = x0.fma(weight, s70);
      s71 = x1.fma(weight, s71);
      weight = FloatVector.broadcast(SPECIES, w[wi + 8]);
      s80 = x0.fma(weight, s80);
      s81 = x1.fma(weight, s81);
      weight = FloatVector.broadcast(SPECIES, w[wi + 9]);
      s90 = x0.fma(weight, s90);
      s91 = x1.fma(weight, s91);
      weight = FloatVector.broadcast(SPECIES, w[wi + 10]);
      sa0 = x0.fma(weight, sa0);
      sa1 = x1.fma(weight, sa1);
      weight = FloatVector.broadcast(SPECIES, w[wi + 11]);
      sb0 = x0.fma(weight, sb0);
      sb1 = x1.fma(weight, sb1);
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
    s60.intoArray(out, outOffset + 6 * LANES);
    s61.intoArray(out, outOffset + 6 * LANES + WIDTH);
    s70.intoArray(out, outOffset + 7 * LANES);
    s71.intoArray(out, outOffset + 7 * LANES + WIDTH);
    s80.intoArray(out, outOffset + 8 * LANES);
    s81.intoArray(out, outOffset + 8 * LANES + WIDTH);
    s90.intoArray(out, outOffset + 9 * LANES);
    s91.intoArray(out, outOffset + 9 * LANES + WIDTH);
    sa0.intoArray(out, outOffset + 10 * LANES);
    sa1.intoArray(out, outOffset + 10 * LANES + WIDTH);
    sb0.intoArray(out, outOffset + 11 * LANES);
    sb1.intoArray(out, outOffset + 11 * LANES + WIDTH);
  }

  /** Half of the rows by two vectors: twelve sums, for 16 registers. */
  private static void packed6(
      float[] x, int xOffset, float[] w, int wOffset, int n, float[] out, int outOffset) {
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
      int wi = wOffset + k * PACKED_ROWS;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xi);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xi + WIDTH);
      FloatVector weight = FloatVector.broadcast(SPECIES, w[wi]);
      s00 = x0.fma(weight, s00);
      s01 = x1.fma(weight, s01);
      weight = FloatVector.broadcast(SPECIES, w[wi + 1]);
      s10 = x0.fma(weight, s10);
      s11 = x1.fma(weight, s11);
      weight = FloatVector.broadcast(SPECIES, w[wi + 2]);
      s20 = x0.fma(weight, s20);
      s21 = x1.fma(weight, s21);
      weight = FloatVector.broadcast(SPECIES, w[wi + 3]);
      s30 = x0.fma(weight, s30);
      s31 = x1.fma(weight, s31);
      weight = FloatVector.broadcast(SPECIES, w[wi + 4]);
      s40 = x0.fma(weight, s40);
      s41 = x1.fma(weight, s41);
      weight = FloatVector.broadcast(SPECIES, w[wi + 5]);
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
    FloatVector log2e = FloatVector.broadcast(SPECIES, Exp.LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, Exp.ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, -Exp.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, -Exp.LN2_LOW);
    FloatVector c2 = FloatVector.broadcast(SPECIES, Exp.C2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, Exp.C3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, Exp.C4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, Exp.C5);
    FloatVector c6 = FloatVector.broadcast(SPECIES, Exp.C6);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int end = offset + n;
    int i = offset;
    for (; i + WIDTH <= end; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector shifted = v.fma(log2e, rounder);
      FloatVector k = shifted.sub(rounder);
      FloatVector r = k.fma(ln2Low, k.fma(ln2High, v));
      FloatVector p = c6.fma(r, c5);
      p = p.fma(r, c4);
      p = p.fma(r, c3);
      p = p.fma(r, c2);
      p = p.fma(r, one);
      p = p.fma(r, one);
      IntVector power =
          shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, Exp.MANTISSA_BITS);
      p.reinterpretAsInts()
          .add(power)
          .reinterpretAsFloats()
          .blend(0f, v.compare(VectorOperators.LT, Exp.LOWEST))
          .blend(v.mul(Float.POSITIVE_INFINITY), v.compare(VectorOperators.LT, Exp.HIGHEST).not())
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
      multiplyAndNegate(gate, gateOffset + block, up, upOffset + block, count);
      exp(gate, gateOffset + block, count);
      divide(gate, gateOffset + block, up, upOffset + block, count);
    }
  }

  private static void multiplyAndNegate(
      float[] gate, int gateOffset, float[] up, int upOffset, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gate, gateOffset + i);
      g.mul(FloatVector.fromArray(SPECIES, up, upOffset + i)).intoArray(up, upOffset + i);
      g.neg().intoArray(gate, gateOffset + i);
    }
  }

  private static void divide(float[] exp, int expOffset, float[] up, int upOffset, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector e = FloatVector.fromArray(SPECIES, exp, expOffset + i);
      FloatVector.fromArray(SPECIES, up, upOffset + i).div(e.add(1f)).intoArray(up, upOffset + i);
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

  /**
   * With vectors where {@link #exp} reads vectors: narrower stores would not be forwarded to it.
   */
  private static void subtract(
      float[] row, int offset, float max, float[] dst, int dstOffset, int n) {
    int i = 0;
    for (; i + WIDTH <= n; i += WIDTH) {
      FloatVector.fromArray(SPECIES, row, offset + i).sub(max).intoArray(dst, dstOffset + i);
    }
    for (; i < n; i++) {
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
