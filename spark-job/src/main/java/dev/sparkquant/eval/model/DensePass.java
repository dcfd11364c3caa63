package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.Elementwise;
import dev.sparkquant.kernels.linalg.TokenTiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One feed-forward network a layer. */
final class DensePass implements FeedForwardPass {
  private final TilePasses tiles;
  private final WeightProducts products;

  DensePass(TilePasses tiles, WeightProducts products) {
    this.tiles = tiles;
    this.products = products;
  }

  @Override
  public void addOutput(List<Track> tracks, int layer) {
    List<FeedForward.Dense> networks =
        tracks.stream().map(track -> (FeedForward.Dense) track.block(layer).feedForward()).toList();
    int inside = tracks.get(0).parameters().feedForward();
    List<TokenTiles> gates = tracks.stream().map(track -> track.wide(0, inside)).toList();
    List<TokenTiles> ups = tracks.stream().map(track -> track.wide(inside, inside)).toList();
    List<TokenTiles> spares = tracks.stream().map(Track::spare).toList();
    multiply(networks, FeedForward.Dense::gate, spares, gates);
    multiply(networks, FeedForward.Dense::up, spares, ups);
    gate(tracks, networks, gates, ups);
    multiply(networks, FeedForward.Dense::down, ups, spares);
    tiles.addSpare(tracks, biases(networks, FeedForward.Dense::down));
  }

  private void gate(
      List<Track> tracks,
      List<FeedForward.Dense> networks,
      List<TokenTiles> gates,
      List<TokenTiles> ups) {
    List<Optional<float[]>> gateBiases = biases(networks, FeedForward.Dense::gate);
    List<Optional<float[]>> upBiases = biases(networks, FeedForward.Dense::up);
    tiles.run(
        tracks,
        (track, tile, norm) -> {
          TokenTiles gate = gates.get(track);
          TokenTiles up = ups.get(track);
          gateBiases.get(track).ifPresent(bias -> Elementwise.addBias(gate, bias, tile));
          upBiases.get(track).ifPresent(bias -> Elementwise.addBias(up, bias, tile));
          Elementwise.siluMultiply(gate, up, tile);
        });
  }

  private void multiply(
      List<FeedForward.Dense> networks,
      Function<FeedForward.Dense, Linear> linear,
      List<TokenTiles> xs,
      List<TokenTiles> ys) {
    products.multiply(networks.stream().map(linear).map(Linear::weight).toList(), xs, ys);
  }

  private static List<Optional<float[]>> biases(
      List<FeedForward.Dense> networks, Function<FeedForward.Dense, Linear> linear) {
    return networks.stream()
        .map(network -> linear.apply(network).bias().map(Weights::decode))
        .toList();
  }
}
