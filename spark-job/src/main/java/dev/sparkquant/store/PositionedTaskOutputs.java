package dev.sparkquant.store;

import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.gguf.io.PositionedOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Unpublished local files, each opened when first needed and closed at the end. */
final class PositionedTaskOutputs implements TaskOutputs {
  private final List<UnpublishedFile> files;
  private final Map<Integer, PositionedOutput> open = new HashMap<>();

  PositionedTaskOutputs(List<UnpublishedFile> files) {
    this.files = files;
  }

  @Override
  public PositionedOutput output(int index) throws IOException {
    PositionedOutput output = open.get(index);
    if (output == null) {
      output = LocalFileOutput.open(Path.of(files.get(index).path()));
      open.put(index, output);
    }
    return output;
  }

  @Override
  public List<StoredPart> finish() {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (PositionedOutput output : open.values()) {
      try {
        output.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
