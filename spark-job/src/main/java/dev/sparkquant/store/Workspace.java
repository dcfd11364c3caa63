package dev.sparkquant.store;

import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder beside the output in which a run builds it, so that nothing stands under the output's
 * name before it is complete. One run at a time owns it; what a killed run left is cleared by the
 * next one, or taken over.
 *
 * <p>The folder is named after the output with {@value #SUFFIX} added and lies on the same file
 * system, so publishing is a rename.
 */
public final class Workspace implements Closeable {
  static final String SUFFIX = ".unfinished";
  static final String MANIFEST = "manifest";

  private static final Pattern SHARD = Pattern.compile("-\\d{5}-of-\\d{5}(?=\\.gguf$)");

  private final Path folder;
  private final FolderLock lock;
  private final boolean resumed;
  private boolean kept;

  private Workspace(Path folder, FolderLock lock, boolean resume) {
    this.folder = folder;
    this.lock = lock;
    this.resumed = resume;
    this.kept = resume;
  }

  /**
   * Takes possession of the workspace of an output.
   *
   * @param resume whether what a former run left there stays; else it is cleared
   * @throws StorageException if another run has it, or the folder cannot be made
   */
  public static Workspace claim(Path output, boolean resume) throws IOException {
    Path folder = output.resolveSibling(output.getFileName() + SUFFIX);
    try {
      Files.createDirectories(folder);
      FolderLock lock =
          FolderLock.take(folder)
              .orElseThrow(
                  () ->
                      new StorageException(
                          "Cannot write "
                              + output
                              + ": another run is writing it now (it holds "
                              + FolderLock.file(folder)
                              + ")"));
      Workspace workspace = new Workspace(folder, lock, resume);
      if (!resume) {
        workspace.clear();
      }
      return workspace;
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw new StorageException(
          "Cannot write beside " + output + ": " + Reason.of(e) + "; choose another folder", e);
    }
  }

  /** Whether that is the output, or one of its shards, that this was claimed for. */
  boolean isOf(Path output) {
    return serves(output) && isOf(folder, output.getFileName().toString());
  }

  /** Whether a workspace's folder is the one of an output of that name or of one of its shards. */
  static boolean isOf(Path folder, String name) {
    String whole = SHARD.matcher(name).replaceFirst("");
    String workspace = folder.getFileName().toString();
    return workspace.equals(name + SUFFIX) || workspace.equals(whole + SUFFIX);
  }

  /** Whether outputs of that folder can be built here and published by rename. */
  boolean serves(Path output) {
    return folder.resolveSibling(output.getFileName()).equals(output);
  }

  /** Where to build the file that is to be published as {@code output}. */
  public Path unpublished(Path output) {
    return folder.resolve(output.getFileName());
  }

  /** Where a run records what it has finished. */
  Path manifest() {
    return folder.resolve(MANIFEST);
  }

  /** Whether {@link #close} leaves what was not published. */
  void keep(boolean unfinished) {
    kept = unfinished;
  }

  /**
   * Reports a full disk before work starts. Nothing is known of a run that is resumed: parts of its
   * files may have their space already.
   *
   * @param bytes that the run is about to write
   */
  public void requireSpace(long bytes) throws IOException {
    if (resumed) {
      return;
    }
    long usable = Files.getFileStore(folder).getUsableSpace();
    if (usable < bytes) {
      throw new StorageException(
          String.format(
              "Cannot write %,d bytes to %s: only %,d bytes are free; free some space or choose"
                  + " another folder",
              bytes, folder.toAbsolutePath().getParent(), usable));
    }
  }

  /** Creates an unpublished file of that length, all zeros, unless a former run has left it. */
  public void create(Path output, long length) throws IOException {
    Path file = unpublished(output);
    if (resumed && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.size(file) == length) {
        return;
      }
      Files.delete(file);
    }
    try (LocalFileOutput created = LocalFileOutput.create(file)) {
      if (length > 0) {
        created.write(length - 1, new byte[1], 0, 1);
      }
    }
  }

  /**
   * Moves unpublished files to their names, each atomically, the last listed first, so that the
   * first shard, which readers open, comes last.
   *
   * @param overwrite whether existing files may be replaced
   */
  public void publish(List<Path> outputs, boolean overwrite) throws IOException {
    for (Path output : outputs) {
      try (FileChannel channel = FileChannel.open(unpublished(output), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    for (int i = outputs.size() - 1; i >= 0; i--) {
      publish(outputs.get(i), overwrite);
    }
  }

  private void publish(Path output, boolean overwrite) throws IOException {
    if (!overwrite) {
      // A hard link fails if the name has been taken meanwhile; a rename would replace the file.
      try {
        Files.createLink(output, unpublished(output));
        Files.delete(unpublished(output));
        return;
      } catch (java.nio.file.FileAlreadyExistsException e) {
        throw new StorageException(
            "Cannot write " + output + ": it has appeared during the run; use --overwrite", e);
      } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
        // A file system without hard links: fall through to the rename.
      }
    }
    Optional<FileChannel> replaced = replaced(output);
    try {
      Files.move(
          unpublished(output),
          output,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new StorageException("Cannot publish " + output + ": rename is not atomic there", e);
    } finally {
      replaced.ifPresent(Workspace::closeInBackground);
    }
  }

  /**
   * The file that is about to be replaced, held open: its space is freed when it is closed, which
   * for a large file takes a third of a second a gigabyte, and nobody needs to wait for it.
   */
  private static Optional<FileChannel> replaced(Path output) {
    if (!Files.isRegularFile(output, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(FileChannel.open(output, StandardOpenOption.READ));
    } catch (IOException e) {
      // Then it is freed by the rename.
      return Optional.empty();
    }
  }

  private static void closeInBackground(FileChannel file) {
    Thread closing =
        new Thread(
            () -> {
              try (file) {
                // Closing is all there is to do.
              } catch (IOException e) {
                // Nothing was written to it, and nobody will read it again.
              }
            },
            "free-replaced");
    closing.setDaemon(true);
    closing.start();
  }

  private void clear() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.equals(FolderLock.file(folder))) {
          Files.delete(file);
        }
      }
    }
  }

  /** Deletes what was not published, unless it is to be kept, and gives the workspace up. */
  @Override
  public void close() throws IOException {
    try (lock) {
      if (!kept) {
        clear();
      }
    } catch (NoSuchFileException e) {
      // Somebody removed the folder by hand: nothing is left to clear.
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // The next run has it already.
    }
  }
}
