package dev.sparkquant.store;

import dev.sparkquant.gguf.io.PartRange;
import dev.sparkquant.gguf.io.PositionedOutput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The outputs that one task writes to. Not for use by several threads at once. */
public interface TaskOutputs extends Closeable {

  /**
   * Opens the outputs of a task.
   *
   * @param files by the index that destinations state
   * @param parts that the task makes; none where outputs are written by position
   * @param attempt which attempt at the task this is, from 0
   * @param scratch folder for parts that are being filled
   */
  static TaskOutputs open(
      List<UnpublishedFile> files,
      List<PartRange> parts,
      int attempt,
      Path scratch,
      Configuration configuration)
      throws IOException {
    return parts.isEmpty()
        ? new PositionedTaskOutputs(files)
        : new MultipartTaskOutputs(files, parts, attempt, scratch, configuration);
  }

  /** The output of that index, opened when first asked for. */
  PositionedOutput output(int index) throws IOException;

  /**
   * Hands over what the task has written.
   *
   * @return the parts stored; none where outputs are written by position
   */
  List<StoredPart> finish() throws IOException;
}
