package dev.sparkquant.kernels.linalg;

/**
 * What the heads of an attention layer have in common.
 *
 * @param keyLength features of a head's queries and keys
 * @param valueLength features of a head's values and output
 * @param scale what scores are multiplied by, usually {@code 1 / sqrt(keyLength)}
 * @param window how many tokens a query sees, itself and those before it; 0 for all
 */
public record AttentionShape(int keyLength, int valueLength, float scale, int window) {

  /** Checks that lengths and scale are positive and the window is not negative. */
  public AttentionShape {
    if (keyLength <= 0 || valueLength <= 0 || !(scale > 0) || window < 0) {
      throw new IllegalArgumentException(
          "Cannot attend with keys of "
              + keyLength
              + ", values of "
              + valueLength
              + ", scale "
              + scale
              + ", window "
              + window);
    }
  }
}
