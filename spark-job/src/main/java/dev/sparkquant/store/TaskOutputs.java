package dev.sparkquant.store;

import dev.sparkquant.gguf.io.PositionedOutput;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The outputs that one task writes to. Not for use by several threads at once. */
public interface TaskOutputs extends Closeable {

  /**
   * Outputs that are written by position.
   *
   * @param files by the index that destinations state
   */
  static TaskOutputs positioned(List<UnpublishedFile> files) {
    return new PositionedTaskOutputs(files);
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
