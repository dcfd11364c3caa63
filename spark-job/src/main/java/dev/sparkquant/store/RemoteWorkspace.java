package dev.sparkquant.store;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder beside an output on storage that takes files in parts: the lease, a record of every
 * upload under way, so that the next run can end what a killed one began, and, where parts are
 * files, the parts.
 */
final class RemoteWorkspace implements Closeable {
  private static final String UPLOAD = ".upload";

  private final Path folder;
  private final FileSystem fileSystem;
  private final OutputLease lease;

  private RemoteWorkspace(Path folder, FileSystem fileSystem, OutputLease lease) {
    this.folder = folder;
    this.fileSystem = fileSystem;
    this.lease = lease;
  }

  /**
   * Takes possession of the workspace of an output, and clears it.
   *
   * @throws StorageException if another run has it, or the folder cannot be made
   */
  static RemoteWorkspace claim(Path output, FileSystem fileSystem, Configuration configuration)
      throws IOException {
    Path folder = output.suffix(Workspace.SUFFIX);
    try {
      OutputLease lease = OutputLease.take(fileSystem, new Path(folder, "lock"), output);
      RemoteWorkspace workspace = new RemoteWorkspace(folder, fileSystem, lease);
      workspace.clear(configuration);
      return workspace;
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw new StorageException(
          "Cannot write beside " + output + ": " + Reason.of(e) + "; choose another folder", e);
    }
  }

  Path folder() {
    return folder;
  }

  boolean serves(Path output) {
    return folder.getParent().equals(output.getParent());
  }

  /**
   * Where to build a file by joining parts. The uploader makes its own folder beside the file's
   * folder or in it: one level down, both are in the workspace.
   */
  Path unpublished(Path output) throws IOException {
    Path joined = new Path(folder, "joined");
    fileSystem.mkdirs(joined);
    return new Path(joined, output.getName());
  }

  /** Records an upload to an object store: nothing else shows that it was begun. */
  void remember(UnpublishedFile file) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(record(file), true)) {
      out.write((file.path() + "\n" + file.upload()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Deletes the record of an upload that has ended. */
  void forget(UnpublishedFile file) throws IOException {
    fileSystem.delete(record(file), false);
  }

  private Path record(UnpublishedFile file) {
    return new Path(folder, new Path(file.output()).getName() + UPLOAD);
  }

  void requireHeld(String output) throws IOException {
    lease.requireHeld(output);
  }

  private void clear(Configuration configuration) throws IOException {
    for (FileStatus file : fileSystem.listStatus(folder)) {
      String name = file.getPath().getName();
      if (name.endsWith(UPLOAD)) {
        abort(file, configuration);
      }
      if (!name.equals("lock")) {
        fileSystem.delete(file.getPath(), true);
      }
    }
  }

  /** Ends an upload that a killed run has left. */
  private void abort(FileStatus record, Configuration configuration) throws IOException {
    byte[] content = new byte[(int) Math.min(record.getLen(), 1 << 16)];
    try (FSDataInputStream in = fileSystem.open(record.getPath())) {
      in.readFully(0, content);
    }
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    // Anybody may have written the record: it may speak of this folder only.
    if (lines.size() != 2 || !serves(new Path(lines.get(0)))) {
      return;
    }
    UnpublishedFile file = new UnpublishedFile("", lines.get(0), 0, lines.get(1));
    try (MultipartUpload upload = MultipartUpload.of(file, configuration)) {
      upload.abort();
    } catch (FileNotFoundException e) {
      // It was completed or aborted after all.
    }
  }

  /** Deletes the workspace with all that is in it, and gives the output up. */
  @Override
  public void close() throws IOException {
    try {
      fileSystem.delete(new Path(folder, "joined"), true);
    } finally {
      lease.close();
    }
    try {
      if (fileSystem.listStatus(folder).length == 0) {
        fileSystem.delete(folder, false);
      }
    } catch (FileNotFoundException e) {
      // An object store has no empty folders.
    }
  }
}
