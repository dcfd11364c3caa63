package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.store.FolderLock;
import dev.sparkquant.store.StorageException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scores of finished chunks as files of a folder, so that a run that was stopped can go on.
 *
 * <p>A file holds one chunk: a magic number, the run's fingerprint, the chunk's place, and the
 * scores of each model. It appears under its name only when it is complete. One run at a time has
 * the folder.
 */
public final class ChunkStore implements Closeable {
  private static final int MAGIC = 0x53514B31;
  private static final String SUFFIX = ".scores";
  private static final String UNFINISHED = ".unfinished";

  private final Path folder;
  private final byte[] fingerprint;
  private final FolderLock lock;

  private ChunkStore(Path folder, byte[] fingerprint) throws IOException {
    this.folder = folder;
    this.fingerprint = fingerprint.clone();
    Files.createDirectories(folder);
    this.lock =
        FolderLock.take(folder)
            .orElseThrow(
                () ->
                    new StorageException(
                        "Cannot use "
                            + folder
                            + ": another run is using it now (it holds "
                            + FolderLock.file(folder)
                            + "); wait for it or give another --run-dir"));
  }

  /**
   * An empty store in that folder; scores that an earlier run left there are deleted.
   *
   * @throws StorageException if another run is using the folder
   */
  public static ChunkStore fresh(Path folder, byte[] fingerprint) throws IOException {
    ChunkStore store = new ChunkStore(folder, fingerprint);
    try {
      store.clear();
    } catch (IOException e) {
      store.close();
      throw e;
    }
    return store;
  }

  private void clear() throws IOException {
    for (String suffix : List.of(SUFFIX, UNFINISHED)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + suffix)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * The store in that folder with what an earlier run of the same fingerprint left.
   *
   * @throws StorageException if another run is using the folder
   */
  public static ChunkStore resume(Path folder, byte[] fingerprint) throws IOException {
    return new ChunkStore(folder, fingerprint);
  }

  /**
   * The chunks that are there.
   *
   * @throws StorageException if one is of another run
   */
  List<ChunkOutcome> read() throws IOException {
    List<ChunkOutcome> outcomes = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        outcomes.add(read(file));
      }
    }
    return outcomes;
  }

  private ChunkOutcome read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != MAGIC || !Arrays.equals(in.readNBytes(fingerprint.length), fingerprint)) {
        throw new StorageException(
            "Cannot resume: "
                + file
                + " is of a run with other models, corpora or settings; leave --resume out to start"
                + " anew, or use another --run-dir");
      }
      int corpus = in.readInt();
      int chunk = in.readInt();
      int models = in.readInt();
      List<ChunkScores> scores = new ArrayList<>();
      for (int i = 0; i < models; i++) {
        scores.add(ChunkScoresFormat.read(in, Files.size(file)));
      }
      return new ChunkOutcome(corpus, chunk, scores);
    } catch (StorageException e) {
      throw e;
    } catch (EOFException e) {
      throw new StorageException("Cannot resume: " + file + " is truncated; delete it", e);
    } catch (IOException e) {
      throw new StorageException(
          "Cannot resume: " + file + " is damaged (" + e.getMessage() + "); delete it", e);
    }
  }

  void write(ChunkOutcome outcome) throws IOException {
    String name = String.format("corpus-%d-chunk-%06d", outcome.corpus(), outcome.chunk());
    Path unfinished = folder.resolve(name + UNFINISHED);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
      out.writeInt(MAGIC);
      out.write(fingerprint);
      out.writeInt(outcome.corpus());
      out.writeInt(outcome.chunk());
      out.writeInt(outcome.models().size());
      for (ChunkScores scores : outcome.models()) {
        ChunkScoresFormat.write(scores, out);
      }
    }
    Files.move(
        unfinished,
        folder.resolve(name + SUFFIX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Lets another run have the folder; the scores stay. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
