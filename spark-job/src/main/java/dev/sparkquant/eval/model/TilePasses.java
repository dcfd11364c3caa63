package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.Elementwise;
import dev.sparkquant.kernels.linalg.RmsNorm;
import dev.sparkquant.kernels.linalg.TokenRouting;
import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs what concerns each tile of tokens by itself, over all tiles of all tracks, in parallel. */
final class TilePasses {
  private final Workers workers;
  private final RmsNorm[] norms;

  TilePasses(Workers workers) {
    this.workers = workers;
    norms = new RmsNorm[workers.threads()];
    Arrays.setAll(norms, worker -> new RmsNorm());
  }

  /** Something to do with a tile. */
  @FunctionalInterface
  interface TileJob {
    /**
     * @param track index of the track
     * @param tile of its hidden states
     * @param norm for the calling thread alone
     */
    void run(int track, int tile, RmsNorm norm);
  }

  /** Does a job for all tiles. */
  void run(List<Track> tracks, TileJob job) {
    int tiles = tracks.get(0).hidden().tiles();
    workers.run(
        tracks.size() * tiles,
        (worker, piece) -> job.run(piece / tiles, piece % tiles, norms[worker]));
  }

  /** Norms the hidden states of all tracks into their spare rooms. */
  void norm(List<Track> tracks, List<float[]> weights) {
    run(
        tracks,
        (track, tile, norm) -> {
          TokenTiles hidden = tracks.get(track).hidden();
          float epsilon = tracks.get(track).parameters().normEpsilon();
          norm.apply(hidden, weights.get(track), epsilon, tracks.get(track).spare(), tile);
        });
  }

  /** Adds the spare rooms, after biases where there are any, to the hidden states. */
  void addSpare(List<Track> tracks, List<Optional<float[]>> biases) {
    run(
        tracks,
        (track, tile, norm) -> {
          TokenTiles spare = tracks.get(track).spare();
          TokenTiles hidden = tracks.get(track).hidden();
          biases.get(track).ifPresent(bias -> Elementwise.addBias(spare, bias, tile));
          Elementwise.add(hidden, spare, hidden, tile);
        });
  }

  /** Adds a bias to all tokens. */
  void addBias(TokenTiles x, float[] bias) {
    workers.run(x.tiles(), (worker, tile) -> Elementwise.addBias(x, bias, tile));
  }

  /** {@code up = silu(gate) * up}; the gate is used up. */
  void siluMultiply(TokenTiles gate, TokenTiles up) {
    workers.run(gate.tiles(), (worker, tile) -> Elementwise.siluMultiply(gate, up, tile));
  }

  /** Copies token {@code tokens[i]} of {@code from} to token {@code i} of {@code to}. */
  void gather(TokenTiles from, int[] tokens, TokenTiles to) {
    workers.run(
        to.tiles(),
        (worker, tile) -> {
          int first = tile * TokenTiles.LANES;
          int count = to.tokensOf(tile);
          int[] ofTile = Arrays.copyOfRange(tokens, first, first + count);
          TokenRouting.gather(from, ofTile, to.slice(first, count));
        });
  }

  /**
   * Adds token {@code i} of {@code from}, times {@code weights[i]}, to token {@code tokens[i]} of
   * {@code to}.
   *
   * @param tokens all different
   */
  void scatterAdd(TokenTiles from, int[] tokens, float[] weights, TokenTiles to) {
    workers.run(
        from.tiles(),
        (worker, tile) -> {
          int first = tile * TokenTiles.LANES;
          int count = from.tokensOf(tile);
          int[] ofTile = Arrays.copyOfRange(tokens, first, first + count);
          float[] weightsOfTile = Arrays.copyOfRange(weights, first, first + count);
          TokenRouting.scatterAdd(from.slice(first, count), ofTile, weightsOfTile, to);
        });
  }
}
