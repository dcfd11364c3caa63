package dev.sparkquant.eval.divergence;

import dev.sparkquant.kernels.linalg.LogSoftmax;
import dev.sparkquant.kernels.linalg.TokenTiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A base model that goes in lock-step with those under test.
 *
 * @param prediction which of the distinct predictions are the base's
 * @param firstChunk the chunk that the first position is in
 * @param positions scored of each chunk
 * @param file receives the base's rows, if wanted
 */
record LockStepBase(
    int prediction, int firstChunk, ScoredPositions positions, Optional<LogitsFileWriter> file)
    implements BaseRows {

  @Override
  public double floor() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public void take(List<TokenTiles> logits, int tile, int first, int count, ScoreRoom room) {
    logits.get(prediction).copyRows(tile, room.baseRows(), 0);
    for (int lane = 0; lane < count; lane++) {
      int offset = lane * room.vocabulary();
      room.base(lane).take(room.baseRows(), offset, room.vocabulary());
      if (file.isPresent()) {
        save(file.get(), first + lane, offset, room.base(lane), room);
      }
    }
  }

  private void save(
      LogitsFileWriter writer, int position, int offset, LogSoftmax softmax, ScoreRoom room) {
    byte[] row = room.encoded();
    LogProbabilities.encode(
        room.baseRows(),
        offset,
        room.vocabulary(),
        softmax.max(),
        (float) softmax.logSum(),
        ByteBuffer.wrap(row));
    int chunk = firstChunk + position / positions.count();
    try {
      writer.writeRows(chunk, position % positions.count(), row, row.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
