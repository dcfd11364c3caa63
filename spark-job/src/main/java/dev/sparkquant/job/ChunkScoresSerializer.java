package dev.sparkquant.job;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sparkquant.eval.divergence.ChunkScores;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Has Kryo write chunk scores in {@link ChunkScoresFormat}. */
final class ChunkScoresSerializer extends Serializer<ChunkScores> {

  ChunkScoresSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, ChunkScores scores) {
    try {
      ChunkScoresFormat.write(scores, new DataOutputStream(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ChunkScores read(Kryo kryo, Input input, Class<ChunkScores> type) {
    try {
      return ChunkScoresFormat.read(new DataInputStream(input), Long.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
