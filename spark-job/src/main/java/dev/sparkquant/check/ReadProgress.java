package dev.sparkquant.check;

/** Hears how reading goes. Called by any thread. */
public interface ReadProgress {
  /** Nobody listens. */
  ReadProgress NONE =
      new ReadProgress() {
        @Override
        public void started(long bytes) {}

        @Override
        public void advanced(long bytes) {}
      };

  /**
   * Reading begins.
   *
   * @param bytes that are to be read
   */
  void started(long bytes);

  /**
   * More has been read.
   *
   * @param bytes since the last call
   */
  void advanced(long bytes);
}
