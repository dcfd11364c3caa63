package dev.sparkquant.policy;

import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.regex.Matcher;

/**
 * The renumbering of layers when some are left out. Layers before the first pruned one keep their
 * numbers, later ones close the gaps.
 *
 * <p>Source: {@code remap_layer} in llama.cpp.
 */
public final class LayerPruning {
  private final SortedSet<Integer> pruned;
  private final Map<Integer, Integer> newNumbers;
  private final int layersLeft;

  private LayerPruning(
      SortedSet<Integer> pruned, Map<Integer, Integer> newNumbers, int layersLeft) {
    this.pruned = pruned;
    this.newNumbers = newNumbers;
    this.layersLeft = layersLeft;
  }

  /**
   * Plans the renumbering.
   *
   * @param pruned layers to leave out; none changes nothing
   * @param names of all tensors of the model, in the order of {@link
   *     dev.sparkquant.gguf.TensorOrder}
   * @throws PolicyException if a layer is not in the model, if none would be left, or if layers
   *     would change places, which llama.cpp does to encoders and decoders of more than ten layers
   */
  public static LayerPruning of(SortedSet<Integer> pruned, List<String> names) {
    if (pruned.isEmpty()) {
      return new LayerPruning(pruned, Map.of(), 0);
    }
    Map<Integer, Integer> newNumbers = new LinkedHashMap<>();
    int next = 0;
    int last = -1;
    for (String name : names) {
      OptionalInt block = BlockNumber.of(name);
      if (block.isEmpty() || newNumbers.containsKey(block.getAsInt())) {
        continue;
      }
      int old = block.getAsInt();
      if (old < last) {
        throw new PolicyException(
            "Cannot prune layers: layer "
                + old
                + " comes after layer "
                + last
                + " in the order of names, so both would get wrong numbers");
      }
      last = old;
      if (pruned.contains(old)) {
        newNumbers.put(old, null);
      } else {
        next = old < pruned.first() ? old : next;
        newNumbers.put(old, next++);
      }
    }
    check(pruned, newNumbers);
    return new LayerPruning(pruned, newNumbers, next);
  }

  private static void check(SortedSet<Integer> pruned, Map<Integer, Integer> newNumbers) {
    for (int layer : pruned) {
      if (!newNumbers.containsKey(layer)) {
        throw new PolicyException(
            "Cannot prune layer " + layer + ": the model has the layers " + ranges(newNumbers));
      }
    }
    if (pruned.size() == newNumbers.size()) {
      throw new PolicyException(
          "Cannot prune all " + pruned.size() + " layers: leave at least one");
    }
  }

  private static String ranges(Map<Integer, Integer> layers) {
    int first = layers.keySet().stream().mapToInt(Integer::intValue).min().orElse(0);
    int last = layers.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    return last < 0 ? "none" : first + " to " + last;
  }

  /** Whether nothing is pruned. */
  public boolean isEmpty() {
    return pruned.isEmpty();
  }

  /** What {@code <architecture>.block_count} becomes; nothing if it stays. */
  public OptionalInt blockCount() {
    return isEmpty() ? OptionalInt.empty() : OptionalInt.of(layersLeft);
  }

  /** How many of the layers from {@code first} to before {@code end} are left out. */
  int prunedBetween(int first, int end) {
    return pruned.subSet(first, end).size();
  }

  /**
   * The tensors that stay, under their new names, in the same order. The n-th one's data and
   * importance entry are those of the n-th one of {@link #survivors}.
   */
  public List<TensorInfo> apply(List<TensorInfo> tensors) {
    if (isEmpty()) {
      return tensors;
    }
    return survivors(tensors).stream()
        .map(
            tensor ->
                new TensorInfo(
                    newName(tensor.name()), tensor.type(), tensor.dimensions(), tensor.offset()))
        .toList();
  }

  /** The tensors that stay, under their old names, in the same order. */
  public List<TensorInfo> survivors(List<TensorInfo> tensors) {
    if (isEmpty()) {
      return tensors;
    }
    List<TensorInfo> staying = new ArrayList<>(tensors.size());
    for (TensorInfo tensor : tensors) {
      OptionalInt block = BlockNumber.of(tensor.name());
      if (block.isEmpty() || !pruned.contains(block.getAsInt())) {
        staying.add(tensor);
      }
    }
    return staying;
  }

  private String newName(String name) {
    Matcher matcher = BlockNumber.matcher(name);
    if (!matcher.find()) {
      return name;
    }
    int number = newNumbers.get(Integer.parseInt(matcher.group(1)));
    return name.substring(0, matcher.start(1)) + number + name.substring(matcher.end(1));
  }
}
