package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;

/**
 * Encodes rows of blocks with 32 elements a pair of groups at a time.
 *
 * <p>A few rows are taken together: their mean squares go with their importance, and pairs may span
 * them. The last pair is filled up with its last block.
 *
 * @param scalar encodes the rows in which numbers reach beyond what vectors round exactly
 */
record PairedEncoder(GgmlType type, Renewed<PairEncoder> pairEncoder, RowEncoder scalar)
    implements RowEncoder {
  private static final int LENGTH = PairEncoder.LENGTH;
  private static final int ROWS = 4;

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
    PairEncoder pair = pairEncoder.get();
    int together = Math.max(ROWS, PairEncoder.BLOCKS * LENGTH / rowLength);
    float[] meanSquares = new float[together];
    int blocksARow = rowLength / LENGTH;
    int bytesARow = blocksARow * type.blockBytes();
    for (int row = 0; row < rows; row += together) {
      int count = Math.min(together, rows - row);
      int at = srcOffset + row * rowLength;
      int to = dstOffset + row * bytesARow;
      if (importance != null) {
        MeanSquares.ofRows(src, at, count, rowLength, meanSquares);
      }
      int scalarRow = -1;
      for (int first = 0; first < count * blocksARow; first += PairEncoder.BLOCKS) {
        int used = Math.min(PairEncoder.BLOCKS, count * blocksARow - first);
        for (int i = 0; i < PairEncoder.BLOCKS; i++) {
          int block = first + Math.min(i, used - 1);
          int column = block % blocksARow * LENGTH;
          pair.place(
              i, at + block * LENGTH, importanceOffset + column, meanSquares[block / blocksARow]);
        }
        pair.encode(src, importance);
        for (int i = 0; i < used; i++) {
          int blockRow = (first + i) / blocksARow;
          if (pair.isExact(i)) {
            pair.write(i, dst, to + (first + i) * type.blockBytes());
          } else if (scalarRow < blockRow) {
            // Rewriting its other blocks after that changes nothing: those come out the same.
            scalarRow = blockRow;
            scalar.encode(
                src,
                at + blockRow * rowLength,
                1,
                rowLength,
                importance,
                importanceOffset,
                dst,
                to + blockRow * bytesARow);
          }
        }
      }
    }
    return rows * bytesARow;
  }
}
