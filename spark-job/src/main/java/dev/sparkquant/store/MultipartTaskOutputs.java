package dev.sparkquant.store;

import dev.sparkquant.gguf.io.PartRange;
import dev.sparkquant.gguf.io.PositionedOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The parts that one task makes: filled in scratch files, then put to the uploads.
 *
 * <p>Attempts of a task put their parts under different numbers, so that a late attempt that still
 * writes cannot touch what an earlier one has handed over.
 */
final class MultipartTaskOutputs implements TaskOutputs {
  private final List<UnpublishedFile> files;
  private final int attempt;
  private final Configuration configuration;
  private final Map<Integer, ScratchPart> parts = new HashMap<>();

  MultipartTaskOutputs(
      List<UnpublishedFile> files,
      List<PartRange> ranges,
      int attempt,
      Path scratch,
      Configuration configuration)
      throws IOException {
    this.files = files;
    this.attempt = attempt;
    this.configuration = configuration;
    try {
      for (PartRange range : ranges) {
        String name = files.get(range.output()).output();
        parts.put(range.output(), new ScratchPart(name, range, scratch));
      }
    } catch (IOException e) {
      try (this) {
        throw e;
      }
    }
  }

  @Override
  public PositionedOutput output(int index) throws IOException {
    ScratchPart part = parts.get(index);
    if (part == null) {
      throw new IOException(
          "Cannot write to " + files.get(index).output() + ": this task makes no part of it");
    }
    return part;
  }

  @Override
  public List<StoredPart> finish() throws IOException {
    List<StoredPart> stored = new ArrayList<>();
    for (ScratchPart part : parts.values()) {
      UnpublishedFile file = files.get(part.range().output());
      try (MultipartUpload upload = MultipartUpload.of(file, configuration)) {
        stored.add(upload.put(part, attempt));
      }
    }
    return stored;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (ScratchPart part : parts.values()) {
      try {
        part.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
