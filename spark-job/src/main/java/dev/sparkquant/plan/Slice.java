package dev.sparkquant.plan;

import java.util.List;

/**
 * A piece of one tensor, read once and written in every type wanted of it.
 *
 * <p>A slice that is encoded to another type holds whole rows of one matrix (one expert); a slice
 * that is only copied holds whole blocks.
 *
 * @param id position in the plan
 * @param tensor index into the plan's source tensors
 * @param firstElement counted from the tensor's start
 * @param elements how many
 */
public record Slice(int id, int tensor, long firstElement, long elements, List<Target> targets) {

  public Slice {
    targets = List.copyOf(targets);
  }
}
