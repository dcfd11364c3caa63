package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.Exp;
import dev.sparkquant.kernels.linalg.TokenTiles;

/**
 * Which tokens every expert gets, and with what weight: a token goes to the experts that its router
 * gives the highest probabilities, weighted by these, scaled to a sum of 1. Source: {@code
 * build_moe_ffn} in llama.cpp, with softmax gating and normed weights.
 */
final class Routing {
  /** The sum of a token's weights is taken as no less than this, the smallest normal half. */
  private static final float SMALLEST_SUM = 0x1p-14f;

  private final int[] counts;
  private final int[][] tokens;
  private final float[][] weights;

  /**
   * Routes tokens.
   *
   * @param logits the router's output: a feature an expert
   * @param used experts that a token goes to
   */
  Routing(TokenTiles logits, int used) {
    int experts = logits.features();
    counts = new int[experts];
    tokens = new int[experts][];
    weights = new float[experts][];
    int[][] chosen = new int[logits.tokens()][used];
    float[][] shares = new float[logits.tokens()][used];
    float[] row = new float[TokenTiles.LANES * experts];
    for (int tile = 0; tile < logits.tiles(); tile++) {
      logits.copyRows(tile, row, 0);
      for (int lane = 0; lane < logits.tokensOf(tile); lane++) {
        int token = tile * TokenTiles.LANES + lane;
        choose(row, lane * experts, chosen[token], shares[token]);
      }
    }
    collect(chosen, shares);
  }

  /** The tokens of an expert, ascending. */
  int[] tokens(int expert) {
    return tokens[expert];
  }

  /** The weights of the expert's output for each of them. */
  float[] weights(int expert) {
    return weights[expert];
  }

  private void choose(float[] row, int from, int[] chosen, float[] shares) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < counts.length; i++) {
      max = Math.max(max, row[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      row[from + i] = Exp.exp(row[from + i] - max);
      sum += row[from + i];
    }
    float total = 0;
    for (int choice = 0; choice < chosen.length; choice++) {
      int best = from;
      for (int i = from + 1; i < from + counts.length; i++) {
        if (row[i] > row[best]) {
          best = i;
        }
      }
      chosen[choice] = best - from;
      shares[choice] = (float) (row[best] / sum);
      total += shares[choice];
      counts[best - from]++;
      // No probability is below 0, so it is not chosen twice.
      row[best] = -1;
    }
    for (int choice = 0; choice < chosen.length; choice++) {
      shares[choice] /= Math.max(total, SMALLEST_SUM);
    }
  }

  private void collect(int[][] chosen, float[][] shares) {
    for (int expert = 0; expert < counts.length; expert++) {
      tokens[expert] = new int[counts[expert]];
      weights[expert] = new float[counts[expert]];
    }
    int[] filled = new int[counts.length];
    for (int token = 0; token < chosen.length; token++) {
      for (int choice = 0; choice < chosen[token].length; choice++) {
        int expert = chosen[token][choice];
        int place = filled[expert]++;
        tokens[expert][place] = token;
        weights[expert][place] = shares[token][choice];
      }
    }
  }
}
