package dev.sparkquant.plan;

import dev.sparkquant.gguf.io.PartRange;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Goes through an output file from its start to its end, and cuts it into parts on the way. */
final class PartCursor {
  private final int index;
  private final OutputFile file;
  private final NavigableMap<Long, Long> endsByStart = new TreeMap<>();
  private int parts;
  private long partStart;
  private long position;

  PartCursor(int index, OutputFile file) {
    this.index = index;
    this.file = file;
    for (OutputTensor tensor : file.tensors()) {
      endsByStart.put(tensor.position(), tensor.position() + tensor.info().bytes());
    }
  }

  /**
   * Takes the next bytes, and the padding that follows them.
   *
   * @throws PlanException if they are not the next ones
   */
  void advance(long start, long bytes) throws PlanException {
    long expected = position == 0 ? nextTensor(0) : position;
    if (start != expected) {
      throw new PlanException(
          "Cannot write "
              + file.path()
              + " together with the other outputs: its tensors come in another order, and its"
              + " storage takes files in parts only; write it in a run of its own");
    }
    long end = start + bytes;
    Map.Entry<Long, Long> tensor = endsByStart.floorEntry(start);
    position = end < tensor.getValue() ? end : nextTensor(end);
  }

  private long nextTensor(long from) {
    Long next = endsByStart.ceilingKey(from);
    return next == null ? file.length() : next;
  }

  /** Takes what is left: the header of a file without tensors. */
  void finish() {
    if (position == 0) {
      position = file.length();
    }
  }

  /** Bytes since the last part ended. */
  long pending() {
    return position - partStart;
  }

  /** Whether a part may end here. */
  boolean canEndPart(long smallest) {
    return pending() == 0 || pending() >= smallest || position == file.length();
  }

  PartRange endPart() {
    PartRange part = new PartRange(index, parts++, partStart, position);
    partStart = position;
    return part;
  }
}
