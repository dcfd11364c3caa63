package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.TokenTiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Experts: one after the other, each with the tokens that go to it. */
final class ExpertsPass implements FeedForwardPass {
  private final TilePasses tiles;
  private final WeightProducts products;

  ExpertsPass(TilePasses tiles, WeightProducts products) {
    this.tiles = tiles;
    this.products = products;
  }

  @Override
  public void addOutput(List<Track> tracks, int layer) {
    HyperParameters.Experts sizes = tracks.get(0).parameters().experts().orElseThrow();
    List<FeedForward.Experts> experts =
        tracks.stream()
            .map(track -> (FeedForward.Experts) track.block(layer).feedForward())
            .toList();
    List<Routing> routings = route(tracks, experts, sizes);
    for (int expert = 0; expert < sizes.count(); expert++) {
      List<Share> shares = new ArrayList<>();
      for (int i = 0; i < tracks.size(); i++) {
        Share share = new Share(tracks.get(i), experts.get(i), routings.get(i), expert);
        if (share.tokens().length > 0) {
          shares.add(share);
        }
      }
      if (!shares.isEmpty()) {
        addOutputOf(shares, expert);
      }
    }
  }

  private List<Routing> route(
      List<Track> tracks, List<FeedForward.Experts> experts, HyperParameters.Experts sizes) {
    List<TokenTiles> logits = tracks.stream().map(track -> track.wide(0, sizes.count())).toList();
    products.multiply(
        experts.stream().map(FeedForward.Experts::router).toList(),
        tracks.stream().map(Track::spare).toList(),
        logits);
    return logits.stream().map(ofTrack -> new Routing(ofTrack, sizes.used())).toList();
  }

  private void addOutputOf(List<Share> shares, int expert) {
    HyperParameters parameters = shares.get(0).track().parameters();
    List<TokenTiles> inputs = shares.stream().map(Share::inputs).toList();
    List<TokenTiles> gates = shares.stream().map(Share::gates).toList();
    List<TokenTiles> ups = shares.stream().map(Share::ups).toList();
    for (Share share : shares) {
      tiles.gather(share.track().spare(), share.tokens(), share.inputs());
    }
    int inside = parameters.feedForward();
    multiply(shares, FeedForward.Experts::gate, expert, inside, inputs, gates);
    multiply(shares, FeedForward.Experts::up, expert, inside, inputs, ups);
    for (Share share : shares) {
      tiles.siluMultiply(share.gates(), share.ups());
    }
    // What went in is not needed any more: what comes out takes its place.
    multiply(shares, FeedForward.Experts::down, expert, parameters.embedding(), ups, inputs);
    for (Share share : shares) {
      tiles.scatterAdd(share.inputs(), share.tokens(), share.weights(), share.track().hidden());
    }
  }

  private void multiply(
      List<Share> shares,
      Function<FeedForward.Experts, TensorRows> tensor,
      int expert,
      int rows,
      List<TokenTiles> xs,
      List<TokenTiles> ys) {
    List<TensorRows> weights = shares.stream().map(Share::experts).map(tensor).toList();
    products.multiplyRows(weights, (long) expert * rows, rows, xs, ys);
  }

  /** The tokens of one track that go to one expert, and room for them. */
  private record Share(Track track, FeedForward.Experts experts, Routing routing, int expert) {

    int[] tokens() {
      return routing.tokens(expert);
    }

    float[] weights() {
      return routing.weights(expert);
    }

    TokenTiles inputs() {
      return track.wide(0, track.parameters().embedding(), tokens().length);
    }

    TokenTiles gates() {
      HyperParameters parameters = track.parameters();
      return track.wide(parameters.embedding(), parameters.feedForward(), tokens().length);
    }

    TokenTiles ups() {
      HyperParameters parameters = track.parameters();
      int first = parameters.embedding() + parameters.feedForward();
      return track.wide(first, parameters.feedForward(), tokens().length);
    }
  }
}
