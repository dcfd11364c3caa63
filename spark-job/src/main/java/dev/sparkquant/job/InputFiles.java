package dev.sparkquant.job;

import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.store.FileStamp;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that a plan reads, as they were when the run began. */
final class InputFiles {
  private final Map<String, Long> headers = new TreeMap<>();
  private final List<FileStamp> stamps = new ArrayList<>();
  private final Storage storage;

  private InputFiles(Storage storage) {
    this.storage = storage;
  }

  static InputFiles of(QuantizePlan plan, Storage storage) throws IOException {
    InputFiles files = new InputFiles(storage);
    for (SourceTensor tensor : plan.tensors()) {
      files.headers.merge(tensor.file(), tensor.position(), Math::min);
    }
    for (String file : files.headers.keySet()) {
      files.stamps.add(storage.stamp(file));
    }
    return files;
  }

  /** Adds lengths, times of change and headers: what tells other inputs apart. */
  void addTo(Fingerprint fingerprint) throws IOException {
    for (FileStamp stamp : stamps) {
      fingerprint.add(stamp.name());
      fingerprint.add(stamp.length());
      fingerprint.add(stamp.modified());
      try (SeekableInput file = storage.open(stamp.name())) {
        fingerprint.add(file, Math.min(headers.get(stamp.name()), file.length()));
      }
    }
  }

  /**
   * Makes sure that the run has read one and the same input from beginning to end.
   *
   * @throws JobFailedException if a file has changed
   */
  void requireUnchanged() throws IOException, JobFailedException {
    for (FileStamp stamp : stamps) {
      if (!storage.stamp(stamp.name()).equals(stamp)) {
        throw new JobFailedException(
            "Cannot publish the outputs: "
                + stamp.name()
                + " changed while it was read; start again when nobody writes to it");
      }
    }
  }
}
