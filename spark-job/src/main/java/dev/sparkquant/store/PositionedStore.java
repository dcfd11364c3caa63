package dev.sparkquant.store;

import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Outputs on a local or mounted file system: tasks write into the unpublished file by position, and
 * publishing is a rename. Each model has a {@link Workspace} of its own.
 */
final class PositionedStore implements OutputStore {
  private final List<Workspace> workspaces;
  private final EarlyWriteback writeback = new EarlyWriteback();

  private PositionedStore(List<Workspace> workspaces) {
    this.workspaces = workspaces;
  }

  static PositionedStore claim(List<String> models, boolean resume) throws IOException {
    PositionedStore store = new PositionedStore(new ArrayList<>());
    try {
      for (String model : models) {
        store.workspaces.add(Workspace.claim(Path.of(model), resume));
      }
      return store;
    } catch (IOException e) {
      try (store) {
        throw e;
      }
    }
  }

  @Override
  public Optional<Path> manifest() {
    return Optional.of(workspaces.get(0).manifest());
  }

  @Override
  public void keep(boolean unfinished) {
    workspaces.forEach(workspace -> workspace.keep(unfinished));
  }

  @Override
  public void requireSpace(long bytes) throws IOException {
    workspaces.get(0).requireSpace(bytes);
  }

  @Override
  public Optional<PartLimits> parts() {
    return Optional.empty();
  }

  @Override
  public UnpublishedFile create(String output, long length) throws IOException {
    Workspace workspace = workspaceOf(output);
    workspace.create(Path.of(output), length);
    Path unpublished = workspace.unpublished(Path.of(output));
    writeback.add(unpublished);
    return new UnpublishedFile(output, unpublished.toString(), length, null);
  }

  /** The output's own, or one in its folder: a rename stays on one file system. */
  private Workspace workspaceOf(String output) throws StorageException {
    for (Workspace workspace : workspaces) {
      if (workspace.isOf(Path.of(output))) {
        return workspace;
      }
    }
    for (Workspace workspace : workspaces) {
      if (workspace.serves(Path.of(output))) {
        return workspace;
      }
    }
    throw new StorageException("Cannot write " + output + ": this run has not claimed it");
  }

  @Override
  public void finish(UnpublishedFile file, byte[] header, List<StoredPart> parts)
      throws IOException {
    try (LocalFileOutput out = LocalFileOutput.open(Path.of(file.path()))) {
      out.write(0, header, 0, header.length);
    }
  }

  @Override
  public Optional<SeekableInput> open(UnpublishedFile file) throws IOException {
    return Optional.of(LocalFileInput.open(Path.of(file.path())));
  }

  @Override
  public void publish(List<UnpublishedFile> files, boolean overwrite) throws IOException {
    writeback.stop();
    writeback.requireSuccess();
    for (UnpublishedFile file : files) {
      try (LocalFileOutput out = LocalFileOutput.open(Path.of(file.path()))) {
        out.force();
      }
    }
    for (int i = files.size() - 1; i >= 0; i--) {
      String output = files.get(i).output();
      workspaceOf(output).publish(List.of(Path.of(output)), overwrite);
    }
  }

  @Override
  public void close() throws IOException {
    writeback.stop();
    IOException failure = null;
    for (Workspace workspace : workspaces) {
      try {
        workspace.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
