package dev.sparkquant.cli;

import dev.sparkquant.job.Progress;

/** Takes no notice. */
enum SilentProgress implements Progress {
  INSTANCE;

  @Override
  public void started(int tensors, long inputBytes) {}

  @Override
  public void advanced(int tensors, long inputBytes) {}

  @Override
  public void ended() {}
}
