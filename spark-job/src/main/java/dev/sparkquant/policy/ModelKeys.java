package dev.sparkquant.policy;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.MetadataValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model's own metadata, under its architecture's prefix, with overrides where llama.cpp heeds
 * them: the first of a key, if of the key's type; for what may differ from layer to layer, only if
 * the file states one number for all.
 *
 * <p>Source: {@code get_key} and {@code get_key_or_arr} of {@code llama_model_loader}.
 */
final class ModelKeys {
  private final Metadata metadata;
  private final Map<String, MetadataValue> overrides = new HashMap<>();
  private final String architecture;

  ModelKeys(Metadata metadata, List<MetadataOverride> overrides) {
    this.metadata = metadata;
    for (MetadataOverride override : overrides) {
      this.overrides.putIfAbsent(override.key(), override.value());
    }
    this.architecture =
        find("general.architecture", MetadataType.STRING).map(MetadataValue::asString).orElse("");
  }

  /** {@code general.architecture}, empty if there is none. */
  String architecture() {
    return architecture;
  }

  /** A whole number. */
  OptionalInt whole(String key) {
    return number(find(architecture + "." + key, MetadataType.UINT32));
  }

  /** The first of an array with a whole number for each layer, or the number for all layers. */
  OptionalInt ofFirstLayer(String key) {
    Optional<MetadataValue> stated = metadata.get(architecture + "." + key);
    if (stated.isEmpty()) {
      return OptionalInt.empty();
    }
    MetadataValue value = stated.get();
    if (value.type() != MetadataType.ARRAY) {
      return whole(key);
    }
    return value.elementType().isInteger() && value.count() > 0
        ? number(Optional.of(value.elements().get(0)))
        : OptionalInt.empty();
  }

  private Optional<MetadataValue> find(String key, MetadataType overrideType) {
    return Optional.ofNullable(overrides.get(key))
        .filter(value -> value.type() == overrideType)
        .or(() -> metadata.get(key));
  }

  private static OptionalInt number(Optional<MetadataValue> value) {
    return value
        .filter(v -> v.type().isInteger())
        .map(v -> OptionalInt.of((int) Math.max(0, Math.min(Integer.MAX_VALUE, v.asLong()))))
        .orElse(OptionalInt.empty());
  }
}
