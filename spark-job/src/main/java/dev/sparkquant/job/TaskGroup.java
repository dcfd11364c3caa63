package dev.sparkquant.job;

import dev.sparkquant.gguf.io.PartRange;
import dev.sparkquant.plan.Slice;
import java.util.List;

/**
 * What one task does.
 *
 * @param slices to carry through, in this order
 * @param parts that these slices fill; none where outputs are written by position
 */
record TaskGroup(List<Slice> slices, List<PartRange> parts) {

  TaskGroup {
    slices = List.copyOf(slices);
    parts = List.copyOf(parts);
  }
}
