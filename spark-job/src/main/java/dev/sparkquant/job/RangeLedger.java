package dev.sparkquant.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Records which byte ranges of a file have been written, to prove that each was, and once. */
final class RangeLedger {
  private record Range(long start, long end) {}

  private final List<Range> ranges = new ArrayList<>();

  void add(long start, long length) {
    ranges.add(new Range(start, start + length));
  }

  /**
   * Whether the ranges recorded cover {@code [start, end)} exactly once and nothing outside.
   *
   * @return null if so, else what is wrong
   */
  String problemWithin(long start, long end) {
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.removeIf(range -> range.start() == range.end());
    sorted.sort(Comparator.comparingLong(Range::start));
    long position = start;
    for (Range range : sorted) {
      if (range.start() < position) {
        return "bytes " + range.start() + " to " + Math.min(position, range.end()) + " came twice";
      }
      if (range.start() > position) {
        return "bytes " + position + " to " + range.start() + " were never written";
      }
      position = range.end();
    }
    if (position != end) {
      return position < end
          ? "bytes " + position + " to " + end + " were never written"
          : "bytes beyond " + end + " were written";
    }
    return null;
  }
}
