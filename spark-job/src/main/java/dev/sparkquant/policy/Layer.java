package dev.sparkquant.policy;

/**
 * A layer as a mixture sees it.
 *
 * @param index 0 for the first
 * @param count of all layers; an index beyond it is possible and counts as late
 */
record Layer(int index, int count) {

  boolean isInFirstEighth() {
    return index < count / 8;
  }

  boolean isInFirstSixteenth() {
    return index < count / 16;
  }

  /**
   * Whether the layer is among the half that deserves more bits: the first and the last eighth, and
   * every third between them. Source: {@code use_more_bits} in llama.cpp.
   */
  boolean deservesMoreBits() {
    return isInFirstEighth() || index >= 7 * count / 8 || (index - count / 8) % 3 == 2;
  }
}
