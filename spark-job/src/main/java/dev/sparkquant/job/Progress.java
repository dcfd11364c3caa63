package dev.sparkquant.job;

/** Is told how far a run has come. */
public interface Progress {

  /** A run begins. */
  void started(int tensors, long inputBytes);

  /** Some work is done: totals so far. */
  void advanced(int tensors, long inputBytes);

  /** The run has ended, well or not. */
  void ended();
}
