package dev.sparkquant.eval.divergence;

import dev.sparkquant.kernels.linalg.LogSoftmax;
import dev.sparkquant.kernels.linalg.TokenTiles;
import java.util.Arrays;

/** One thread's room for the predictions of one tile of positions, a row of logits a position. */
final class ScoreRoom {
  private final int vocabulary;
  private final float[] baseRows;
  private final LogSoftmax[] base = new LogSoftmax[TokenTiles.LANES];
  private final float[] modelRows;
  private final LogSoftmax model = new LogSoftmax();
  private final byte[] encoded;

  ScoreRoom(int vocabulary) {
    this.vocabulary = vocabulary;
    baseRows = new float[TokenTiles.LANES * vocabulary];
    modelRows = new float[TokenTiles.LANES * vocabulary];
    encoded = new byte[new LogitsHeader(3, vocabulary, 1).rowBytes()];
    Arrays.setAll(base, lane -> new LogSoftmax());
  }

  /** Bytes that this takes. */
  static long bytes(int vocabulary) {
    return 2L * TokenTiles.LANES * vocabulary * Float.BYTES
        + new LogitsHeader(3, vocabulary, 1).rowBytes();
  }

  int vocabulary() {
    return vocabulary;
  }

  /** The base's rows, one after the other. */
  float[] baseRows() {
    return baseRows;
  }

  /** The base's statistics at a position of the tile. */
  LogSoftmax base(int lane) {
    return base[lane];
  }

  /** Room for one row of a file of base logits. */
  byte[] encoded() {
    return encoded;
  }

  /** Takes a model's logits of a tile. */
  void takeModel(TokenTiles logits, int tile) {
    logits.copyRows(tile, modelRows, 0);
  }

  /** The model's statistics at a position of the tile; valid until the next call. */
  LogSoftmax model(int lane) {
    model.take(modelRows, lane * vocabulary, vocabulary);
    return model;
  }
}
