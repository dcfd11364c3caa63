package dev.sparkquant.job;

import dev.sparkquant.plan.Slice;
import java.util.List;

/** The slices that one task carries through, in this order. */
record TaskGroup(List<Slice> slices) {

  TaskGroup {
    slices = List.copyOf(slices);
  }
}
