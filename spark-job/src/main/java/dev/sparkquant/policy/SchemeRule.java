package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One rule of a scheme: a type for the tensors that meet all its conditions.
 *
 * @param roles one of which the tensor has; empty for any
 * @param layers in one of which the tensor is; empty for anywhere
 * @param name found in the tensor's name
 * @param type they get
 * @param text the conditions as written, for reports
 * @param place file, line and column, for messages
 */
record SchemeRule(
    Set<TensorRole> roles,
    List<LayerRange> layers,
    Optional<NamePattern> name,
    GgmlType type,
    String text,
    String place) {

  SchemeRule {
    roles = Set.copyOf(roles);
    layers = List.copyOf(layers);
  }

  /**
   * Whether the rule applies to the tensor of that name.
   *
   * @param layerCount that the rule's layers count from
   */
  boolean matches(String tensorName, int layerCount) {
    return (roles.isEmpty() || roles.contains(TensorRole.of(tensorName)))
        && (layers.isEmpty() || isInLayers(tensorName, layerCount))
        && (name.isEmpty() || name.get().matches(tensorName));
  }

  private boolean isInLayers(String tensorName, int layerCount) {
    OptionalInt block = BlockNumber.of(tensorName);
    return block.isPresent()
        && layers.stream().anyMatch(range -> range.contains(block.getAsInt(), layerCount));
  }
}
