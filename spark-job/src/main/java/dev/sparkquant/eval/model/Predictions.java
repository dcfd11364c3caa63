package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.TokenTiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What models predict at some positions: kept as final hidden states, made into logits a few at a
 * time.
 *
 * <p>Positions count through the sequences, one after the other. Models that are the same
 * throughout share their predictions.
 */
public final class Predictions {
  private final List<Track> tracks;
  private final WeightProducts products;
  private final TilePasses tiles;
  private final int vocabulary;
  private final List<Optional<float[]>> biases;
  private float[][] logits = {};

  /**
   * @param tracks with the final normed states in their spare rooms
   */
  Predictions(List<Track> tracks, WeightProducts products, TilePasses tiles) {
    this.tracks = tracks;
    this.products = products;
    this.tiles = tiles;
    this.vocabulary = tracks.get(0).model().vocabulary();
    this.biases = Weights.ofSome(tracks, track -> track.model().output().bias());
  }

  /** Positions of all sequences together. */
  public int positions() {
    return tracks.get(0).hidden().tokens();
  }

  /** Which of the distinct predictions are a model's. */
  public int of(int model) {
    return IntStream.range(0, tracks.size())
        .filter(track -> tracks.get(track).members().contains(model))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The logits of some positions: for each of the distinct predictions, a feature a token of the
   * vocabulary.
   *
   * @param first a multiple of {@link TokenTiles#LANES}
   * @return valid until the next call
   * @throws IOException if a file cannot be read
   */
  public List<TokenTiles> logits(int first, int count) throws IOException {
    List<TokenTiles> states =
        tracks.stream().map(track -> track.spare().slice(first, count)).toList();
    List<TokenTiles> results = room(count);
    try {
      products.multiply(
          tracks.stream().map(track -> track.model().output().weight()).toList(), states, results);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (int i = 0; i < results.size(); i++) {
      if (biases.get(i).isPresent()) {
        tiles.addBias(results.get(i), biases.get(i).get());
      }
    }
    return results;
  }

  private List<TokenTiles> room(int count) {
    int floats = TokenTiles.floats(vocabulary, count);
    if (logits.length == 0 || logits[0].length < floats) {
      logits = new float[tracks.size()][floats];
    }
    return IntStream.range(0, tracks.size())
        .mapToObj(track -> TokenTiles.over(logits[track], 0, vocabulary, count))
        .toList();
  }
}
