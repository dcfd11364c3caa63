package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;

/**
 * Encodes rows a tile of blocks at a time.
 *
 * <p>A tile holds successive blocks, also across rows. With importance it holds the same block of
 * successive rows as long as there are enough of them, for those share their importance.
 *
 * @param scalar encodes the blocks whose numbers reach beyond what vectors round exactly
 */
record TiledEncoder(GgmlType type, Renewed<TileEncoder> tileEncoder, RowEncoder scalar)
    implements RowEncoder {

  @Override
  public int encode(
      float[] src,
      int srcOffset,
      int rows,
      int rowLength,
      float[] importance,
      int importanceOffset,
      byte[] dst,
      int dstOffset) {
    Call call =
        new Call(
            type,
            tileEncoder.get(),
            scalar,
            src,
            srcOffset,
            rowLength / type.blockLength(),
            importance,
            importanceOffset,
            dst,
            dstOffset);
    int groupedRows = importance == null ? 0 : rows - rows % Lanes.COUNT;
    for (int row = 0; row < groupedRows; row += Lanes.COUNT) {
      for (int column = 0; column < call.blocksARow; column++) {
        call.encode(row * call.blocksARow + column, Lanes.COUNT, call.blocksARow);
      }
    }
    int blocks = rows * call.blocksARow;
    for (int block = groupedRows * call.blocksARow; block < blocks; block += Lanes.COUNT) {
      call.encode(block, Math.min(Lanes.COUNT, blocks - block), 1);
    }
    return blocks * type.blockBytes();
  }

  /** One call: what it was given, and where the blocks of the tile at hand are. */
  private static final class Call {
    private final GgmlType type;
    private final TileEncoder tile;
    private final RowEncoder scalar;
    private final float[] src;
    private final int srcOffset;
    private final int blocksARow;
    private final float[] importance;
    private final int importanceOffset;
    private final byte[] dst;
    private final int dstOffset;

    private final int[] from = new int[Lanes.COUNT];
    private final int[] importanceFrom = new int[Lanes.COUNT];

    Call(
        GgmlType type,
        TileEncoder tile,
        RowEncoder scalar,
        float[] src,
        int srcOffset,
        int blocksARow,
        float[] importance,
        int importanceOffset,
        byte[] dst,
        int dstOffset) {
      this.type = type;
      this.tile = tile;
      this.scalar = scalar;
      this.src = src;
      this.srcOffset = srcOffset;
      this.blocksARow = blocksARow;
      this.importance = importance;
      this.importanceOffset = importanceOffset;
      this.dst = dst;
      this.dstOffset = dstOffset;
    }

    /** Encodes {@code count} blocks, {@code step} apart; lanes left over repeat the last one. */
    void encode(int first, int count, int step) {
      int length = type.blockLength();
      for (int lane = 0; lane < Lanes.COUNT; lane++) {
        int block = first + Math.min(lane, count - 1) * step;
        from[lane] = srcOffset + block * length;
        importanceFrom[lane] = importanceOffset + block % blocksARow * length;
      }
      tile.encode(src, from, importance, importanceFrom);
      for (int lane = 0; lane < count; lane++) {
        int to = dstOffset + (first + lane * step) * type.blockBytes();
        if (tile.isExact(lane)) {
          tile.write(lane, dst, to);
        } else {
          scalar.encode(src, from[lane], 1, length, importance, importanceFrom[lane], dst, to);
        }
      }
    }
  }
}
