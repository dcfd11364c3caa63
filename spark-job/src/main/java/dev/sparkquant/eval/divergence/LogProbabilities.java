package dev.sparkquant.eval.divergence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One row of a file of base logits: the log probabilities of all tokens as 16-bit steps between the
 * smallest one kept and the largest. Source: {@code log_softmax} in llama-perplexity.
 */
final class LogProbabilities {
  /** Logits further below the largest than this are stored as if they were at this distance. */
  private static final float RANGE = 16;

  private static final float STEPS = 65535;

  /** Added to a float, leaves its nearest integer (halves to even) in the low bits. */
  private static final float ROUNDER = 12582912f;

  private LogProbabilities() {}

  /**
   * Encodes a row.
   *
   * @param logits from {@code offset} on, {@code vocabulary} of them
   * @param max the largest of them
   * @param logSumExp the logarithm of the sum of exp(logit - max)
   * @param row receives the row from its position on, little-endian
   */
  static void encode(
      float[] logits, int offset, int vocabulary, float max, float logSumExp, ByteBuffer row) {
    row.order(ByteOrder.LITTLE_ENDIAN);
    float min = max;
    for (int i = 0; i < vocabulary; i++) {
      min = Math.min(min, logits[offset + i]);
    }
    min = Math.max(min, max - RANGE);
    float scale = (max - min) / STEPS;
    row.putFloat(scale).putFloat(min - max - logSumExp);
    float inverse = scale == 0 ? 0 : 1 / scale;
    for (int i = 0; i < vocabulary; i++) {
      float logit = logits[offset + i];
      row.putShort((short) (logit > min ? nearest(inverse * (logit - min)) : 0));
    }
    if (vocabulary % 2 == 1) {
      row.putShort((short) 0);
    }
  }

  /**
   * Decodes a row.
   *
   * @param row a row from its position on; the position moves past it
   * @param logProbabilities receives {@code vocabulary} of them from {@code offset} on
   */
  static void decode(ByteBuffer row, int vocabulary, float[] logProbabilities, int offset) {
    row.order(ByteOrder.LITTLE_ENDIAN);
    float scale = row.getFloat();
    float min = row.getFloat();
    for (int i = 0; i < vocabulary; i++) {
      logProbabilities[offset + i] = scale * (row.getShort() & 0xFFFF) + min;
    }
    if (vocabulary % 2 == 1) {
      row.getShort();
    }
  }

  private static int nearest(float value) {
    return (Float.floatToRawIntBits(value + ROUNDER) & 0x007FFFFF) - 0x00400000;
  }
}
