package dev.sparkquant.eval.divergence;

import dev.sparkquant.kernels.linalg.TokenTiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A base whose predictions were saved. What llama-perplexity does with them is done here: they are
 * not normalized again, and those that were clipped do not count.
 *
 * @param firstChunk the chunk that the first position is in
 */
record FileBase(LogitsFileReader file, int firstChunk) implements BaseRows {
  /** As far below the likeliest token's as the file reaches, if that is all but certain. */
  private static final double FLOOR = -16;

  @Override
  public double floor() {
    return FLOOR;
  }

  @Override
  public void take(List<TokenTiles> logits, int tile, int first, int count, ScoreRoom room) {
    int each = file.header().positions().count();
    for (int lane = 0; lane < count; lane++) {
      int position = first + lane;
      read(firstChunk + position / each, position % each, room.encoded());
      int offset = lane * room.vocabulary();
      LogProbabilities.decode(
          ByteBuffer.wrap(room.encoded()), room.vocabulary(), room.baseRows(), offset);
      room.base(lane).takeLogProbabilities(room.baseRows(), offset, room.vocabulary());
    }
  }

  private void read(int chunk, int row, byte[] destination) {
    try {
      file.readRows(chunk, row, 1, destination);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
