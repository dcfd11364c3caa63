package dev.sparkquant.store;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a run builds its outputs, so that nothing stands under their names before they are complete
 * and verified. One run at a time owns an output.
 *
 * <p>The driver creates files, tasks fill them through {@link TaskOutputs}, the driver finishes and
 * publishes them. What is not published is discarded by {@link #close}.
 */
public interface OutputStore extends Closeable {

  /**
   * Takes possession of outputs.
   *
   * @param models absolute paths of the models to be written, as {@link OutputPaths#resolve} gives
   *     them; shards take their names from them
   * @param resume whether what an unfinished run left of them is kept; else it is cleared
   * @throws StorageException if another run has one of them, it cannot be written, or they are not
   *     on one file system
   */
  static OutputStore claim(List<String> models, boolean resume, Storage storage)
      throws IOException {
    return OutputPaths.areLocal(models)
        ? PositionedStore.claim(models, resume)
        : MultipartStore.claim(models, storage.configuration());
  }

  /** Where to record what is finished; nothing if unfinished work cannot be kept here. */
  default Optional<Path> manifest() {
    return Optional.empty();
  }

  /**
   * Says whether {@link #close} leaves what was not published to a later run, where it can be kept.
   * Until this is called that is so if the outputs were claimed to resume.
   */
  default void keep(boolean unfinished) {}

  /**
   * Reports storage that is too full before work starts, where that can be known.
   *
   * @param bytes that the run is about to write
   */
  void requireSpace(long bytes) throws IOException;

  /** How files have to be cut; nothing if tasks may write at any position. */
  Optional<PartLimits> parts();

  /**
   * Prepares an unpublished file of that length, all zeros where it takes writes by position; one
   * that an earlier run left stays as it is.
   */
  UnpublishedFile create(String output, long length) throws IOException;

  /**
   * Completes a file whose other bytes are there.
   *
   * @param header the file's first bytes; parts have them already
   * @param parts in file order, covering the whole file; none if it was written by position
   */
  void finish(UnpublishedFile file, byte[] header, List<StoredPart> parts) throws IOException;

  /**
   * Reads a finished file back, before it is published; where storage shows it only then,
   * afterwards, and nothing before.
   */
  Optional<SeekableInput> open(UnpublishedFile file) throws IOException;

  /**
   * Gives finished files their names, each atomically, the last listed first, so that the first
   * shard, which readers open, comes last.
   *
   * @param overwrite whether existing files may be replaced
   */
  void publish(List<UnpublishedFile> files, boolean overwrite) throws IOException;

  /** Discards what was not published, unless it is to be kept, and gives the outputs up. */
  @Override
  void close() throws IOException;
}
