package dev.sparkquant.eval.divergence;

import dev.sparkquant.kernels.linalg.TokenTiles;
import java.util.List;

/** Where the base model's predictions come from. May be used by several threads at a time. */
interface BaseRows {

  /** Log probabilities that are not above this do not count in a divergence. */
  double floor();

  /**
   * Gives the base's predictions for one tile of scored positions to {@link ScoreRoom#base}.
   *
   * @param logits of the block of positions in hand, for each of the distinct predictions
   * @param tile of that block
   * @param first the tile's first position among those of all chunks in hand
   * @param count positions in the tile
   * @throws java.io.UncheckedIOException if a file cannot be read or written
   */
  void take(List<TokenTiles> logits, int tile, int first, int count, ScoreRoom room);
}
