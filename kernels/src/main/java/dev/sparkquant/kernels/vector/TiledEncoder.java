package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;
import java.util.function.Supplier;

/**
 * Encodes rows a tile of blocks at a time, with one tile encoder and its scratch memory a call. A
 * tile may span rows; the last one is filled up with its last block.
 *
 * @param scalar encodes the blocks whose numbers reach beyond what vectors round exactly
 */
record TiledEncoder(GgmlType type, Supplier<TileEncoder> tileEncoders, RowEncoder scalar)
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
    TileEncoder tile = tileEncoders.get();
    int[] from = new int[Lanes.COUNT];
    int[] importanceFrom = new int[Lanes.COUNT];
    int length = type.blockLength();
    int blocksARow = rowLength / length;
    int blocks = rows * blocksARow;
    for (int first = 0; first < blocks; first += Lanes.COUNT) {
      int used = Math.min(Lanes.COUNT, blocks - first);
      for (int lane = 0; lane < Lanes.COUNT; lane++) {
        int block = first + Math.min(lane, used - 1);
        from[lane] = srcOffset + block * length;
        importanceFrom[lane] = importanceOffset + block % blocksARow * length;
      }
      tile.encode(src, from, importance, importanceFrom);
      for (int lane = 0; lane < used; lane++) {
        int to = dstOffset + (first + lane) * type.blockBytes();
        if (tile.isExact(lane)) {
          tile.write(lane, dst, to);
        } else {
          scalar.encode(src, from[lane], 1, length, importance, importanceFrom[lane], dst, to);
        }
      }
    }
    return blocks * type.blockBytes();
  }
}
