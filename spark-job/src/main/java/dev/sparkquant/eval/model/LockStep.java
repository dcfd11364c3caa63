package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forward passes of several models of the same sizes over the same tokens, layer by layer: each
 * layer's weights are read and decoded in pieces, applied to all tokens, and dropped.
 *
 * <p>A tensor that two models share is decoded once. Models whose first layers are all the same go
 * as one until the first that differs. Results depend neither on the number of threads nor on which
 * models go together. One thread may use an instance at a time.
 */
public final class LockStep {
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;

  private final List<LanguageModel> models;
  private final Workers workers;
  private final TensorClasses classes;
  private final WeightProducts products;
  private final TilePasses tiles;

  /**
   * @param models at least one, of the same sizes and vocabulary; their inputs must allow several
   *     threads at a time
   * @param workers the threads to use; not closed
   * @throws ModelException if a model has other sizes than the first
   */
  public LockStep(List<LanguageModel> models, Workers workers) {
    this.models = List.copyOf(models);
    this.workers = workers;
    this.classes = new TensorClasses(workers);
    this.products = new WeightProducts(workers, classes);
    this.tiles = new TilePasses(workers);
    LanguageModel first = models.get(0);
    for (LanguageModel model : models) {
      if (!model.parameters().equals(first.parameters())
          || model.vocabulary() != first.vocabulary()) {
        throw new ModelException(
            model.name(), "its sizes are not those of " + first.name() + ", which it goes with");
      }
    }
  }

  /**
   * Runs all models over some sequences.
   *
   * @param sequences tokens, all of the same number
   * @param firstPosition in each sequence, the first position whose prediction is wanted
   * @param positions how many are wanted, from there on
   * @throws ModelException if a token is not in the vocabulary
   * @throws IOException if a file cannot be read
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public Predictions run(List<int[]> sequences, int firstPosition, int positions)
      throws IOException {
    try {
      return forward(sequences, firstPosition, positions);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * An upper bound of the memory that {@link #run} and {@link Predictions} take, in bytes, logits
   * and opened models not counted: for every model the hidden states twice and the widest inside of
   * a layer, then the wanted states; for every thread decoded and stored weights.
   *
   * @param length tokens of each sequence
   * @param positions wanted of each sequence
   * @return {@link Long#MAX_VALUE} if there is no array long enough
   */
  public long bytes(int sequences, int length, int positions) {
    HyperParameters parameters = models.get(0).parameters();
    long tokens = (long) sequences * new TokenGroup(1, length).tokens();
    long kept = TokenTiles.LANES + (long) sequences * positions;
    long widest = Math.max(Track.wideFeatures(parameters), parameters.embedding());
    if (widest * tokens > LONGEST_ARRAY) {
      return Long.MAX_VALUE;
    }
    long embedding = parameters.embedding();
    long model =
        (2 * embedding + Track.wideFeatures(parameters)) * tokens
            + (embedding + parameters.attentionLength()) * kept
            + (long) parameters.ropeDimensions() * length;
    long thread =
        WeightProducts.bytesEach(models)
            + TensorClasses.BYTES_EACH
            + AttentionPass.bytesEach(length);
    return Float.BYTES * (models.size() * model + embedding * tokens) + workers.threads() * thread;
  }

  private Predictions forward(List<int[]> sequences, int firstPosition, int positions)
      throws IOException {
    TokenGroup group = new TokenGroup(sequences.size(), sequences.get(0).length);
    AttentionPass attention = new AttentionPass(workers, tiles, products, group);
    FeedForwardPass feedForward = feedForward();
    TokenEmbedding embedding = new TokenEmbedding(sequences, group);
    Tracks tracks = Tracks.start(models, embedding, group, classes);
    int layers = models.get(0).blocks().size();
    for (int i = 0; i < layers; i++) {
      int layer = i;
      boolean last = layer == layers - 1;
      tracks.split(model -> model.blocks().get(layer).tensors());
      List<Track> all = tracks.all();
      List<TokenTiles> heads = attention.heads(all, layer, last ? firstPosition : 0);
      if (last) {
        // What comes now concerns each token by itself: only the wanted ones go on.
        heads = keep(all, heads, wanted(group, firstPosition, positions));
      }
      attention.addOutput(all, layer, heads);
      tiles.norm(all, Weights.of(all, track -> track.block(layer).feedForwardNorm()));
      feedForward.addOutput(all, layer);
    }
    tracks.split(LanguageModel::end);
    List<Track> all = tracks.all();
    tiles.norm(all, Weights.of(all, track -> track.model().outputNorm()));
    return new Predictions(all, products, tiles);
  }

  private FeedForwardPass feedForward() {
    return models.get(0).parameters().experts().isPresent()
        ? new ExpertsPass(tiles, products)
        : new DensePass(tiles, products);
  }

  private static int[] wanted(TokenGroup group, int firstPosition, int positions) {
    return IntStream.range(0, group.sequences())
        .flatMap(
            sequence ->
                IntStream.range(firstPosition, firstPosition + positions)
                    .map(position -> group.token(sequence, position)))
        .toArray();
  }

  /** Cuts the tracks down to some tokens, and what the heads put out. */
  private List<TokenTiles> keep(List<Track> tracks, List<TokenTiles> heads, int[] tokens) {
    List<TokenTiles> kept =
        heads.stream().map(head -> TokenTiles.allocate(head.features(), tokens.length)).toList();
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      tiles.gather(heads.get(i), tokens, kept.get(i));
      float[] state = new float[TokenTiles.floats(track.hidden().features(), tokens.length)];
      TokenTiles hidden = TokenTiles.over(state, 0, track.hidden().features(), tokens.length);
      tiles.gather(track.hidden(), tokens, hidden);
      track.setHidden(state, tokens.length);
    }
    return kept;
  }
}
