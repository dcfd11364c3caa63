package dev.sparkquant.store;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Outputs on storage that takes files in parts: tasks put the parts, the driver joins them.
 *
 * <p>An object store shows a file only once it is joined, so it is joined where it is to stand, as
 * the last step. A file system that joins files is given the parts beside the output, and the
 * joined and verified file is renamed.
 */
final class MultipartStore implements OutputStore {
  /** What object stores ask of any part but the last. */
  private static final long SMALLEST_OBJECT_PART = 5 << 20;

  /** Parts that object stores number at most. */
  private static final int MOST_NUMBERS = 10_000;

  private final FileSystem fileSystem;
  private final Configuration configuration;
  private final boolean joinsFiles;
  private final List<RemoteWorkspace> workspaces = new ArrayList<>();
  private final Map<UnpublishedFile, PendingUpload> uploads = new HashMap<>();

  /** An upload of this run, and what it has to be completed with. */
  private static final class PendingUpload {
    private final MultipartUpload upload;
    private final RemoteWorkspace workspace;
    private List<StoredPart> parts = List.of();
    private boolean complete;

    PendingUpload(MultipartUpload upload, RemoteWorkspace workspace) {
      this.upload = upload;
      this.workspace = workspace;
    }

    void complete() throws IOException {
      upload.complete(parts);
      complete = true;
    }
  }

  private MultipartStore(FileSystem fileSystem, boolean joinsFiles, Configuration configuration) {
    this.fileSystem = fileSystem;
    this.joinsFiles = joinsFiles;
    this.configuration = configuration;
  }

  /**
   * Takes possession of outputs on one file system.
   *
   * @throws StorageException if it takes no uploads in parts, or another run has an output
   */
  static MultipartStore claim(List<String> models, Configuration configuration) throws IOException {
    Path first = new Path(models.get(0));
    FileSystem fileSystem = FileSystems.of(first, configuration);
    if (!fileSystem.hasPathCapability(first, CommonPathCapabilities.FS_MULTIPART_UPLOADER)) {
      throw new StorageException(
          "Cannot write "
              + first
              + ": "
              + fileSystem.getUri()
              + " takes neither writes at any position nor uploads in parts; write to a local or"
              + " mounted file system, HDFS or S3A");
    }
    boolean joinsFiles = fileSystem.hasPathCapability(first, CommonPathCapabilities.FS_CONCAT);
    MultipartStore store = new MultipartStore(fileSystem, joinsFiles, configuration);
    try {
      for (String model : models) {
        store.workspaces.add(RemoteWorkspace.claim(new Path(model), fileSystem, configuration));
      }
      return store;
    } catch (IOException e) {
      try (store) {
        throw e;
      }
    }
  }

  @Override
  public void requireSpace(long bytes) throws IOException {
    if (!joinsFiles) {
      return;
    }
    Path folder = workspaces.get(0).folder();
    long free = fileSystem.getStatus(folder).getRemaining();
    long needed = bytes * Math.max(fileSystem.getDefaultReplication(folder), 1);
    if (free < needed) {
      throw new StorageException(
          String.format(
              "Cannot write %,d bytes to %s: with their copies they take %,d, but only %,d bytes"
                  + " are free",
              bytes, folder.getParent(), needed, free));
    }
  }

  @Override
  public Optional<PartLimits> parts() {
    int most = MOST_NUMBERS / MultipartUpload.ATTEMPTS;
    if (joinsFiles) {
      // Parts become blocks: few and large ones burden the name node least.
      long block = fileSystem.getDefaultBlockSize(workspaces.get(0).folder());
      return Optional.of(new PartLimits(block / 8, block, most));
    }
    long preferred = configuration.getLongBytes("fs.s3a.multipart.size", 64 << 20);
    return Optional.of(new PartLimits(SMALLEST_OBJECT_PART, preferred, most));
  }

  @Override
  public UnpublishedFile create(String output, long length) throws IOException {
    Path path = new Path(output);
    RemoteWorkspace workspace =
        workspaces.stream()
            .filter(candidate -> candidate.serves(path))
            .findFirst()
            .orElseThrow(
                () ->
                    new StorageException(
                        "Cannot write " + output + ": this run has not claimed it"));
    Path built = joinsFiles ? workspace.unpublished(path) : path;
    MultipartUpload upload = MultipartUpload.start(output, built, length, configuration);
    uploads.put(upload.file(), new PendingUpload(upload, workspace));
    if (!joinsFiles) {
      workspace.remember(upload.file());
    }
    return upload.file();
  }

  @Override
  public void finish(UnpublishedFile file, byte[] header, List<StoredPart> parts)
      throws IOException {
    PendingUpload upload = uploads.get(file);
    upload.parts = parts;
    if (joinsFiles) {
      upload.complete();
    }
  }

  @Override
  public Optional<SeekableInput> open(UnpublishedFile file) throws IOException {
    return uploads.get(file).complete
        ? Optional.of(new HadoopInput(new Path(file.path()), configuration))
        : Optional.empty();
  }

  @Override
  public void publish(List<UnpublishedFile> files, boolean overwrite) throws IOException {
    for (int i = files.size() - 1; i >= 0; i--) {
      UnpublishedFile file = files.get(i);
      PendingUpload upload = uploads.get(file);
      upload.workspace.requireHeld(file.output());
      if (!overwrite && fileSystem.exists(new Path(file.output()))) {
        throw new StorageException(
            "Cannot write " + file.output() + ": it has appeared during the run; use --overwrite");
      }
      if (joinsFiles) {
        FileContext.getFileContext(fileSystem.getUri(), configuration)
            .rename(
                new Path(file.path()),
                new Path(file.output()),
                overwrite ? Options.Rename.OVERWRITE : Options.Rename.NONE);
      } else {
        upload.complete();
      }
      upload.workspace.forget(file);
    }
  }

  @Override
  public void close() throws IOException {
    List<String> left = new ArrayList<>();
    IOException failure = null;
    for (PendingUpload pending : uploads.values()) {
      try (MultipartUpload upload = pending.upload) {
        if (!pending.complete) {
          upload.abort();
          pending.workspace.forget(upload.file());
        }
      } catch (FileNotFoundException e) {
        // Somebody else has aborted it.
      } catch (IOException e) {
        failure = e;
        left.add("an upload to " + pending.upload.file().path());
      }
    }
    for (RemoteWorkspace workspace : workspaces) {
      try {
        workspace.close();
      } catch (IOException e) {
        failure = e;
        left.add(workspace.folder().toString());
      }
    }
    if (failure != null) {
      throw new StorageException(
          "Cannot clear up: "
              + Reason.of(failure)
              + "; left are "
              + String.join(", ", left)
              + ", which the next run to the same output removes",
          failure);
    }
  }
}
