package dev.sparkquant.eval.divergence;

import java.util.Random;

/** Scores of a model that is a little worse than its base. */
final class RandomScores {
  private RandomScores() {}

  static ChunkScores chunk(int chunk, int count, Random random) {
    int[] tokens = new int[count];
    double[] divergence = new double[count];
    double[] logProbability = new double[count];
    double[] baseLogProbability = new double[count];
    boolean[] sameTop = new boolean[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = random.nextInt(1000);
      divergence[i] = 0.01 * random.nextDouble() * random.nextDouble();
      baseLogProbability[i] = -8 * random.nextDouble();
      logProbability[i] = Math.min(0, baseLogProbability[i] + 0.1 * (random.nextDouble() - 0.6));
      sameTop[i] = random.nextInt(10) > 0;
    }
    return new ChunkScores(chunk, tokens, divergence, logProbability, baseLogProbability, sameTop);
  }
}
