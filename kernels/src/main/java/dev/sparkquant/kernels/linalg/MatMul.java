package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.LaneKernels.PACKED_ROWS;
import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

import java.util.Arrays;
import java.util.List;

/**
 * Products of a weight matrix with activations: {@code y[n, t] = sum over k of w[n, k] x[k, t]}.
 *
 * <p>The sum is taken in blocks of {@value #SUM_BLOCK} columns: within a block a chain of fused
 * multiply-adds from 0 in the order of {@code k}, then the blocks' sums added one after the other.
 * Its error is at most {@code (SUM_BLOCK + K / SUM_BLOCK) * 2^-24} times the sum of the terms'
 * magnitudes. Neither panels nor threads change a bit.
 *
 * <p>Weights are decoded in panels of at most 96 rows by 2048 columns and packed, twelve rows side
 * by side, 1.6 MB a thread together; each panel is applied to all tiles of all activations given:
 * the more tokens, the less decoding costs. A step takes twelve rows of a panel, 12 KB, and one
 * block of a tile, 32 KB, which stay in the first two levels of cache while the panel's rows pass.
 * It is bound by the fused multiply-adds: 24 for 2 vectors of activations loaded and 12 weights
 * broadcast.
 */
public final class MatMul {

  /** Columns that are summed in one chain; every block format's length divides it. */
  public static final int SUM_BLOCK = 256;

  /** Rows that are decoded at a time at most. */
  public static final int PANEL_ROWS = 96;

  private static final int PANEL_COLUMNS = 8 * SUM_BLOCK;

  /** Keeps rows of a panel from falling on the same cache lines. */
  private static final int PADDING = 16;

  /** Bytes of decoded and packed weights that each thread holds at most. */
  public static final long PANEL_BYTES =
      (long) PANEL_ROWS * (2 * PANEL_COLUMNS + PADDING) * Float.BYTES;

  private final Workers workers;
  private final Panel[] panels;

  /** Products that these threads compute. */
  public MatMul(Workers workers) {
    this(workers, Linalg.LANES);
  }

  MatMul(Workers workers, LaneKernels lanes) {
    this.workers = workers;
    panels = new Panel[workers.threads()];
    Arrays.setAll(panels, i -> new Panel(lanes));
  }

  /**
   * Computes {@code y = w x}.
   *
   * @param w N rows of K columns
   * @param x K features
   * @param y N features of as many tokens; must not overlap {@code x}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public void multiply(RowSource w, TokenTiles x, TokenTiles y) {
    multiply(w, List.of(x), List.of(y));
  }

  /**
   * Computes {@code y = w x} for several activations, decoding {@code w} once.
   *
   * @param w N rows of K columns
   * @param xs K features each
   * @param ys for each of {@code xs}, N features of as many tokens
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public void multiply(RowSource w, List<TokenTiles> xs, List<TokenTiles> ys) {
    check(w, xs, ys);
    // Twice as many pieces as threads, so that a thread that is late holds up less.
    int wanted = ceilDiv(w.rows(), 2 * workers.threads());
    int rows = Math.min(PANEL_ROWS, ceilDiv(wanted, PACKED_ROWS) * PACKED_ROWS);
    workers.run(
        ceilDiv(w.rows(), rows),
        (worker, piece) -> {
          int first = piece * rows;
          panels[worker].multiply(w, first, Math.min(rows, w.rows() - first), xs, ys);
        });
  }

  private static void check(RowSource w, List<TokenTiles> xs, List<TokenTiles> ys) {
    if (xs.size() != ys.size()) {
      throw new IllegalArgumentException(
          "Cannot multiply: " + xs.size() + " inputs, " + ys.size() + " outputs");
    }
    for (int i = 0; i < xs.size(); i++) {
      TokenTiles x = xs.get(i);
      TokenTiles y = ys.get(i);
      if (x.features() != w.columns() || y.features() != w.rows() || x.tokens() != y.tokens()) {
        throw new IllegalArgumentException(
            "Cannot multiply "
                + w.rows()
                + " x "
                + w.columns()
                + " weights by "
                + x.features()
                + " x "
                + x.tokens()
                + " activations into "
                + y.features()
                + " x "
                + y.tokens());
      }
    }
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** One thread's decoded weights. */
  private static final class Panel {
    private final LaneKernels lanes;
    private final float[] sums = new float[PACKED_ROWS * LANES];
    private float[] decoded = {};
    private float[] packed = {};

    Panel(LaneKernels lanes) {
      this.lanes = lanes;
    }

    void multiply(RowSource w, int firstRow, int rows, List<TokenTiles> xs, List<TokenTiles> ys) {
      int stride = Math.min(PANEL_COLUMNS, w.columns()) + PADDING;
      decoded = atLeast(rows * stride, decoded);
      packed = atLeast(ceilDiv(rows, PACKED_ROWS) * PACKED_ROWS * stride, packed);
      for (int column = 0; column < w.columns(); column += PANEL_COLUMNS) {
        int columns = Math.min(PANEL_COLUMNS, w.columns() - column);
        w.decode(firstRow, rows, column, columns, decoded, stride);
        for (int row = 0; row < rows; row += PACKED_ROWS) {
          pack(row, Math.min(PACKED_ROWS, rows - row), columns, stride);
        }
        for (int i = 0; i < xs.size(); i++) {
          apply(firstRow, rows, column, columns, xs.get(i), ys.get(i));
        }
      }
    }

    private static float[] atLeast(int floats, float[] room) {
      return room.length < floats ? new float[floats] : room;
    }

    /** Lays rows side by side; what stands in the place of absent ones is computed, not used. */
    private void pack(int firstRow, int rows, int columns, int stride) {
      for (int r = 0; r < rows; r++) {
        int from = (firstRow + r) * stride;
        int to = firstRow * columns + r;
        for (int k = 0; k < columns; k++) {
          packed[to + k * PACKED_ROWS] = decoded[from + k];
        }
      }
    }

    private void apply(
        int firstRow, int rows, int column, int columns, TokenTiles x, TokenTiles y) {
      for (int block = 0; block < columns; block += SUM_BLOCK) {
        int n = Math.min(SUM_BLOCK, columns - block);
        int k = column + block;
        for (int tile = 0; tile < x.tiles(); tile++) {
          int from = x.base(tile) + k * LANES;
          int to = y.base(tile) + firstRow * LANES;
          for (int row = 0; row < rows; row += PACKED_ROWS) {
            lanes.packedDots(x.data(), from, packed, row * columns + block * PACKED_ROWS, n, sums);
            int floats = Math.min(PACKED_ROWS, rows - row) * LANES;
            if (k == 0) {
              System.arraycopy(sums, 0, y.data(), to + row * LANES, floats);
            } else {
              lanes.accumulate(sums, y.data(), to + row * LANES, floats);
            }
          }
        }
      }
    }
  }
}
