package dev.sparkquant.eval.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The small tensors of a layer, decoded, for every track. */
final class Weights {
  private Weights() {}

  /** One tensor of every track. */
  static List<float[]> of(List<Track> tracks, Function<Track, TensorRows> tensor) {
    return tracks.stream().map(tensor).map(Weights::decode).toList();
  }

  /** One tensor of every track that has it. */
  static List<Optional<float[]>> ofSome(
      List<Track> tracks, Function<Track, Optional<TensorRows>> tensor) {
    return tracks.stream().map(track -> tensor.apply(track).map(Weights::decode)).toList();
  }

  /** All elements of a tensor. */
  static float[] decode(TensorRows tensor) {
    try {
      return tensor.decode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
