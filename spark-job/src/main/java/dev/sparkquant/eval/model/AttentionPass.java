package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.Attention;
import dev.sparkquant.kernels.linalg.AttentionShape;
import dev.sparkquant.kernels.linalg.Elementwise;
import dev.sparkquant.kernels.linalg.RmsNorm;
import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The attention half of a layer, for all tracks. */
final class AttentionPass {
  private final Workers workers;
  private final TilePasses tiles;
  private final WeightProducts products;
  private final TokenGroup group;
  private final Attention[] attentions;

  AttentionPass(Workers workers, TilePasses tiles, WeightProducts products, TokenGroup group) {
    this.workers = workers;
    this.tiles = tiles;
    this.products = products;
    this.group = group;
    attentions = new Attention[workers.threads()];
    Arrays.setAll(attentions, worker -> new Attention(group.length()));
  }

  /** Bytes that each thread takes: the scores of a tile of queries. */
  static long bytesEach(int length) {
    return (long) Float.BYTES * TokenTiles.floats(TokenTiles.LANES, length);
  }

  /** Where queries, keys, values and the heads' output lie in a track's wide room. */
  private record Room(HyperParameters parameters) {

    TokenTiles queries(Track track) {
      return track.wide(0, parameters.queryLength());
    }

    TokenTiles keys(Track track) {
      return track.wide(parameters.queryLength(), parameters.keysLength());
    }

    TokenTiles values(Track track) {
      return track.wide(
          parameters.queryLength() + parameters.keysLength(), parameters.valuesLength());
    }

    TokenTiles heads(Track track) {
      return track.wide(
          parameters.queryLength() + parameters.keysLength() + parameters.valuesLength(),
          parameters.attentionLength());
    }
  }

  /**
   * Computes what the heads put out, from the hidden states.
   *
   * @param firstPosition in each sequence, the first whose output is wanted
   * @return for each track, the output, in its wide room
   */
  List<TokenTiles> heads(List<Track> tracks, int layer, int firstPosition) {
    HyperParameters parameters = tracks.get(0).parameters();
    Room room = new Room(parameters);
    tiles.norm(tracks, Weights.of(tracks, track -> track.block(layer).attentionNorm()));
    multiply(tracks, track -> track.block(layer).query(), room::queries);
    multiply(tracks, track -> track.block(layer).key(), room::keys);
    multiply(tracks, track -> track.block(layer).value(), room::values);
    prepare(tracks, layer, room);
    attend(tracks, room, firstPosition / TokenTiles.LANES);
    return tracks.stream().map(room::heads).toList();
  }

  /** Adds the output matrix's product with the heads' output to the hidden states. */
  void addOutput(List<Track> tracks, int layer, List<TokenTiles> heads) {
    List<TokenTiles> outputs = tracks.stream().map(Track::spare).toList();
    products.multiply(
        tracks.stream().map(track -> track.block(layer).output().weight()).toList(),
        heads,
        outputs);
    tiles.addSpare(tracks, Weights.ofSome(tracks, track -> track.block(layer).output().bias()));
  }

  private void multiply(
      List<Track> tracks, Function<Track, Linear> linear, Function<Track, TokenTiles> result) {
    products.multiply(
        tracks.stream().map(linear).map(Linear::weight).toList(),
        tracks.stream().map(Track::spare).toList(),
        tracks.stream().map(result).toList());
  }

  /** Adds biases, norms heads, rotates. */
  private void prepare(List<Track> tracks, int layer, Room room) {
    List<HeadWeights> queries = HeadWeights.of(tracks, layer, Block::query, Block::queryNorm);
    List<HeadWeights> keys = HeadWeights.of(tracks, layer, Block::key, Block::keyNorm);
    List<Optional<float[]>> valueBiases =
        Weights.ofSome(tracks, track -> track.block(layer).value().bias());
    tiles.run(
        tracks,
        (index, tile, norm) -> {
          Track track = tracks.get(index);
          rotate(track, room.queries(track), queries.get(index), tile, norm);
          rotate(track, room.keys(track), keys.get(index), tile, norm);
          valueBiases
              .get(index)
              .ifPresent(bias -> Elementwise.addBias(room.values(track), bias, tile));
        });
  }

  /** What is done to queries or keys before they are rotated. */
  private record HeadWeights(Optional<float[]> bias, Optional<float[]> norm) {

    static List<HeadWeights> of(
        List<Track> tracks,
        int layer,
        Function<Block, Linear> linear,
        Function<Block, Optional<TensorRows>> norm) {
      return tracks.stream()
          .map(track -> track.block(layer))
          .map(
              block ->
                  new HeadWeights(
                      linear.apply(block).bias().map(Weights::decode),
                      norm.apply(block).map(Weights::decode)))
          .toList();
    }
  }

  private void rotate(Track track, TokenTiles heads, HeadWeights weights, int tile, RmsNorm norm) {
    HyperParameters parameters = track.parameters();
    weights.bias().ifPresent(bias -> Elementwise.addBias(heads, bias, tile));
    int positionTile = tile % group.tilesEach();
    for (int head = 0; head < heads.features(); head += parameters.keyLength()) {
      if (weights.norm().isPresent()) {
        norm.apply(heads, head, weights.norm().get(), parameters.normEpsilon(), heads, tile);
      }
      track.rope().apply(parameters.ropeStyle(), heads, head, tile, positionTile);
    }
  }

  private void attend(List<Track> tracks, Room room, int firstTile) {
    HyperParameters parameters = tracks.get(0).parameters();
    AttentionShape shape =
        new AttentionShape(
            parameters.keyLength(),
            parameters.valueLength(),
            (float) (1 / Math.sqrt(parameters.keyLength())),
            0);
    int wanted = group.tilesEach() - firstTile;
    int each = tracks.size() * group.sequences() * parameters.heads();
    workers.run(
        wanted * each,
        (worker, piece) -> {
          // Later tiles see more keys: the longest work comes first.
          int tile = group.tilesEach() - 1 - piece / each;
          int rest = piece % each;
          int head = rest % parameters.heads();
          int sequence = rest / parameters.heads() % group.sequences();
          Track track = tracks.get(rest / parameters.heads() / group.sequences());
          attend(attentions[worker], shape, track, room, sequence, head, tile);
        });
  }

  private void attend(
      Attention attention,
      AttentionShape shape,
      Track track,
      Room room,
      int sequence,
      int head,
      int tile) {
    HyperParameters parameters = track.parameters();
    int shared = head / (parameters.heads() / parameters.keyValueHeads());
    attention.head(
        shape,
        group.of(room.queries(track), sequence),
        head * parameters.keyLength(),
        group.of(room.keys(track), sequence),
        shared * parameters.keyLength(),
        group.of(room.values(track), sequence),
        shared * parameters.valueLength(),
        group.of(room.heads(track), sequence),
        head * parameters.valueLength(),
        tile);
  }
}
