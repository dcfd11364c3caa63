package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeTable;
import dev.sparkquant.kernels.linalg.TokenTiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hidden states of models that have been equal so far, and room to compute in.
 *
 * <p>As long as models hold the same tensors their states are the same: they are computed once. At
 * the first layer that differs the track splits.
 */
final class Track {
  private List<Integer> members;
  private final LanguageModel model;
  private final RopeTable rope;
  private float[] state;
  private TokenTiles hidden;
  private float[] spareData;
  private float[] wideData;

  /**
   * @param members indices of the models that share the states
   * @param model the first of them
   * @param state the hidden states, taken over
   */
  Track(List<Integer> members, LanguageModel model, RopeTable rope, float[] state, int tokens) {
    this.members = List.copyOf(members);
    this.model = model;
    this.rope = rope;
    setHidden(state, tokens);
  }

  List<Integer> members() {
    return members;
  }

  LanguageModel model() {
    return model;
  }

  HyperParameters parameters() {
    return model.parameters();
  }

  Block block(int layer) {
    return model.blocks().get(layer);
  }

  RopeTable rope() {
    return rope;
  }

  /** The hidden states. */
  TokenTiles hidden() {
    return hidden;
  }

  /** Room as large as the hidden states. */
  TokenTiles spare() {
    return TokenTiles.over(spareData, 0, hidden.features(), hidden.tokens());
  }

  /** A part of the room for queries, keys, values and the inside of feed-forward networks. */
  TokenTiles wide(int firstFeature, int features) {
    return wide(firstFeature, features, hidden.tokens());
  }

  /** The same for fewer tokens than there are. */
  TokenTiles wide(int firstFeature, int features, int tokens) {
    int stride = hidden.tiles() * TokenTiles.LANES;
    return TokenTiles.over(wideData, firstFeature * stride, features, tokens);
  }

  /** Replaces the hidden states by others, perhaps of fewer tokens; room is made for them. */
  void setHidden(float[] newState, int tokens) {
    HyperParameters parameters = model.parameters();
    state = newState;
    hidden = TokenTiles.over(newState, 0, parameters.embedding(), tokens);
    spareData = null;
    wideData = null;
    spareData = new float[newState.length];
    wideData = new float[TokenTiles.floats(wideFeatures(parameters), tokens)];
  }

  /** Whether these are the hidden states. */
  boolean holds(float[] states) {
    return Arrays.equals(state, states);
  }

  /** Takes in a model that has the same states. */
  void add(int member) {
    List<Integer> more = new ArrayList<>(members);
    more.add(member);
    members = List.copyOf(more);
  }

  /** Goes on with some of the members, the first among them. */
  void retain(List<Integer> some) {
    members = List.copyOf(some);
  }

  /** A track of some of the members that goes on from a copy of these states. */
  Track fork(List<Integer> some, LanguageModel first) {
    return new Track(some, first, rope, state.clone(), hidden.tokens());
  }

  /** Features of {@link #wide}. */
  static int wideFeatures(HyperParameters parameters) {
    int attention =
        parameters.queryLength()
            + parameters.keysLength()
            + parameters.valuesLength()
            + parameters.attentionLength();
    int inside = 2 * parameters.feedForward();
    int feedForward =
        parameters
            .experts()
            .map(experts -> Math.max(parameters.embedding() + inside, experts.count()))
            .orElse(inside);
    return Math.max(attention, feedForward);
  }
}
