package dev.sparkquant.job;

import java.util.List;

/** Is told how far an evaluation has come. */
public interface DivergenceProgress {

  /** An evaluation begins, or goes on after so many chunks. */
  void started(int chunks, int chunksDone);

  /**
   * Some chunks are done: totals so far.
   *
   * @param tokens that went through the models since the start
   * @param meanDivergences for each model, over all chunks done
   */
  void advanced(int chunksDone, long tokens, List<Double> meanDivergences);

  /** The evaluation has ended, well or not. */
  void ended();
}
