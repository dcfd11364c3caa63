package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.ChunkScores;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The scores of a chunk as bytes: between processes and in the files that outlive a run. */
final class ChunkScoresFormat {
  private static final int TOKEN_BYTES = Integer.BYTES + 3 * Double.BYTES + 1;

  private ChunkScoresFormat() {}

  static void write(ChunkScores scores, DataOutput out) throws IOException {
    out.writeInt(scores.chunk());
    out.writeInt(scores.count());
    for (int i = 0; i < scores.count(); i++) {
      out.writeInt(scores.token(i));
      out.writeDouble(scores.divergence(i));
      out.writeDouble(scores.logProbability(i));
      out.writeDouble(scores.baseLogProbability(i));
      out.writeBoolean(scores.sameTop(i));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param most bytes that it may take
   * @throws IOException if it would take more
   */
  static ChunkScores read(DataInput in, long most) throws IOException {
    int chunk = in.readInt();
    int count = in.readInt();
    if (count < 0 || count > most / TOKEN_BYTES) {
      throw new IOException(
          "the scores of " + count + " tokens do not fit into " + most + " bytes");
    }
    int[] tokens = new int[count];
    double[] divergence = new double[count];
    double[] logProbability = new double[count];
    double[] baseLogProbability = new double[count];
    boolean[] sameTop = new boolean[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = in.readInt();
      divergence[i] = in.readDouble();
      logProbability[i] = in.readDouble();
      baseLogProbability[i] = in.readDouble();
      sameTop[i] = in.readBoolean();
    }
    return new ChunkScores(chunk, tokens, divergence, logProbability, baseLogProbability, sameTop);
  }
}
