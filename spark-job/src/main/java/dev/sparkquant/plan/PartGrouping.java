package dev.sparkquant.plan;

import dev.sparkquant.gguf.io.PartRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers slices into pieces of work for storage that takes files in parts: whatever output a piece
 * touches, its bytes there are one part, header and padding included. A piece is a run of slices in
 * the order of the files.
 */
public final class PartGrouping {
  private final QuantizePlan plan;
  private final long smallest;
  private final long size;

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
   * @param smallest bytes of any part but a file's last
   * @param size in bytes that the largest part of a piece is to have, or a slice more
   */
  public PartGrouping(QuantizePlan plan, long smallest, long size) {
    this.plan = plan;
    this.smallest = smallest;
    this.size = size;
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
    List<PartCursor> files = new ArrayList<>();
    for (int o = 0; o < plan.outputs().size(); o++) {
      files.add(new PartCursor(o, plan.outputs().get(o)));
    }
    List<Piece> pieces = new ArrayList<>();
    List<Slice> slices = new ArrayList<>();
    for (Slice slice : inFileOrder()) {
      for (Target target : slice.targets()) {
        for (Destination destination : target.destinations()) {
          files
              .get(destination.output())
              .advance(destination.position(), target.type().bytes(slice.elements()));
        }
      }
      slices.add(slice);
      if (files.stream().anyMatch(file -> file.pending() >= size)
          && files.stream().allMatch(file -> file.canEndPart(smallest))) {
        pieces.add(new Piece(slices, parts(files)));
        slices.clear();
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
