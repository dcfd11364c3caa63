package dev.sparkquant.plan;

import dev.sparkquant.gguf.io.PartRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers slices into pieces of work for storage that takes files in parts: whatever output a piece
 * touches, its bytes there are one part, header and padding included. A piece is a run of slices in
 * the order of the files.
 *
 * <p>As storage allows a file few parts, there may be few pieces for each core. They therefore take
 * the same time rather than the same bytes, and as many come to each core as to the others.
 */
public final class PartGrouping {
  /** Bytes of a part, however cheap they are to make: below what object stores accept at once. */
  private static final long LARGEST = 4L << 30;

  private final QuantizePlan plan;
  private final int cores;
  private final long smallest;
  private final long size;
  private final int most;

  /**
   * What one task does.
   *
   * @param slices in the order of the files
   * @param parts that they fill
   */
  public record Piece(List<Slice> slices, List<PartRange> parts) {

    public Piece {
      slices = List.copyOf(slices);
      parts = List.copyOf(parts);
    }
  }

  /**
   * @param cores that will work at the same time
   * @param smallest bytes of any part but a file's last
   * @param size in bytes that the largest part of a piece is to have on average
   * @param most parts of a file
   */
  public PartGrouping(QuantizePlan plan, int cores, long smallest, long size, int most) {
    this.plan = plan;
    this.cores = cores;
    this.smallest = smallest;
    this.size = size;
    this.most = most;
  }

  /**
   * The largest part's size that keeps all cores busy without making too many parts.
   *
   * @param cores that will work at the same time
   * @param smallest bytes of any part but a file's last
   * @param preferred bytes of a part of a large file
   * @param most parts of a file
   */
  public static long size(QuantizePlan plan, int cores, long smallest, long preferred, int most) {
    long largest = plan.outputs().stream().mapToLong(OutputFile::length).max().orElse(0);
    long balanced = Math.max(smallest, Math.min(preferred, largest / (4L * cores)));
    return Math.max(balanced, largest / (most - 1) + 1);
  }

  /**
   * The pieces, in the order of the files.
   *
   * @throws PlanException if the outputs have the same tensors in different orders
   */
  public List<Piece> group() throws PlanException {
    List<Slice> slices = inFileOrder();
    int count = evenly(Math.max(1, Math.toIntExact((largestParts(slices) + size - 1) / size)));
    List<Piece> pieces = cut(slices, count);
    while (count > 1 && !isWithinLimit(pieces)) {
      count = evenly(count - 1);
      pieces = cut(slices, count);
    }
    return pieces;
  }

  /** The number, or the next smaller one that gives all cores the same. */
  private int evenly(int count) {
    return count < cores ? count : count / cores * cores;
  }

  private static long largestParts(List<Slice> slices) {
    return slices.stream()
        .mapToLong(
            slice ->
                slice.targets().stream()
                    .mapToLong(target -> target.type().bytes(slice.elements()))
                    .max()
                    .orElse(0))
        .sum();
  }

  private boolean isWithinLimit(List<Piece> pieces) {
    return pieces.stream()
        .flatMap(piece -> piece.parts().stream())
        .allMatch(part -> part.part() < most);
  }

  /** Pieces of equal cost, and more where parts would be too large. */
  private List<Piece> cut(List<Slice> ordered, int count) throws PlanException {
    List<PartCursor> files = new ArrayList<>();
    for (int o = 0; o < plan.outputs().size(); o++) {
      files.add(new PartCursor(o, plan.outputs().get(o)));
    }
    long largest = Math.max(size, Math.min(4 * size, LARGEST));
    double share = TaskGrouping.cost(plan, ordered) / count;
    double spent = 0;
    double next = share;
    List<Piece> pieces = new ArrayList<>();
    List<Slice> slices = new ArrayList<>();
    for (Slice slice : ordered) {
      for (Target target : slice.targets()) {
        for (Destination destination : target.destinations()) {
          files
              .get(destination.output())
              .advance(destination.position(), target.type().bytes(slice.elements()));
        }
      }
      slices.add(slice);
      spent += TaskGrouping.cost(plan, slice);
      if ((spent >= next || files.stream().anyMatch(file -> file.pending() >= largest))
          && files.stream().allMatch(file -> file.canEndPart(smallest))) {
        pieces.add(new Piece(slices, parts(files)));
        slices.clear();
        next = (Math.floor(spent / share) + 1) * share;
      }
    }
    files.forEach(PartCursor::finish);
    List<PartRange> last = parts(files);
    if (!last.isEmpty()) {
      pieces.add(new Piece(slices, last));
    }
    return pieces;
  }

  private List<Slice> inFileOrder() {
    List<Slice> slices = new ArrayList<>(plan.slices());
    slices.sort(
        Comparator.comparing(
            PartGrouping::first,
            Comparator.comparingInt(Destination::output).thenComparingLong(Destination::position)));
    return slices;
  }

  private static Destination first(Slice slice) {
    return slice.targets().stream()
        .flatMap(target -> target.destinations().stream())
        .min(Comparator.comparingInt(Destination::output))
        .orElseThrow();
  }

  private static List<PartRange> parts(List<PartCursor> files) {
    return files.stream().filter(file -> file.pending() > 0).map(PartCursor::endPart).toList();
  }
}
