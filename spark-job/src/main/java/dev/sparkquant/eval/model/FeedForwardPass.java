package dev.sparkquant.eval.model;

import java.util.List;

/** The feed-forward part of a layer, for all tracks. */
interface FeedForwardPass {

  /**
   * Adds to the hidden states what the networks make of the normed ones.
   *
   * @param tracks with the normed states in their spare rooms, which are not kept
   */
  void addOutput(List<Track> tracks, int layer);
}
