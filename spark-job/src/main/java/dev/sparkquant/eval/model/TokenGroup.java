package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.TokenTiles;

/**
 * Several token sequences of one length that go through a model together. Each starts on a tile of
 * its own, so that a sequence is a run of whole tiles.
 *
 * @param sequences how many
 * @param length tokens of each
 */
record TokenGroup(int sequences, int length) {

  /** Tiles of one sequence. */
  int tilesEach() {
    return (length + TokenTiles.LANES - 1) / TokenTiles.LANES;
  }

  /** Tiles of all. */
  int tiles() {
    return sequences * tilesEach();
  }

  /** Tokens of all, the padding between them counted. */
  int tokens() {
    return tiles() * TokenTiles.LANES;
  }

  /** The place of a sequence's token among all. */
  int token(int sequence, int position) {
    return sequence * tilesEach() * TokenTiles.LANES + position;
  }

  /** The activations of one sequence. */
  TokenTiles of(TokenTiles all, int sequence) {
    return all.slice(token(sequence, 0), length);
  }
}
