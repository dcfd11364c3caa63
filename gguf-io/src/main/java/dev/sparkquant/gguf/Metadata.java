package dev.sparkquant.gguf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The key-value pairs of a GGUF header, in file order. Immutable. */
public final class Metadata {
  private final Map<String, MetadataValue> pairs;

  private Metadata(Map<String, MetadataValue> pairs) {
    this.pairs = Collections.unmodifiableMap(pairs);
  }

  public static Metadata of(Map<String, MetadataValue> pairs) {
    return new Metadata(new LinkedHashMap<>(pairs));
  }

  public static Metadata empty() {
    return new Metadata(Map.of());
  }

  /** All pairs in file order. */
  public Map<String, MetadataValue> pairs() {
    return pairs;
  }

  public Optional<MetadataValue> get(String key) {
    return Optional.ofNullable(pairs.get(key));
  }

  /**
   * The alignment of tensor data that the pairs state ({@code general.alignment}), in bytes; {@link
   * GgufHeader#DEFAULT_ALIGNMENT} if they state none.
   *
   * @throws IllegalStateException if the value stated is no u32 or no power of two
   */
  public int alignment() {
    MetadataValue value = pairs.get(Alignment.KEY);
    if (value == null) {
      return GgufHeader.DEFAULT_ALIGNMENT;
    }
    Alignment.problem(value)
        .ifPresent(
            problem -> {
              throw new IllegalStateException("Metadata are invalid: " + problem);
            });
    return (int) value.asLong();
  }

  /** A copy in which {@code key} stands at the end with that value, wherever it stood before. */
  public Metadata with(String key, MetadataValue value) {
    LinkedHashMap<String, MetadataValue> changed = new LinkedHashMap<>(pairs);
    changed.remove(key);
    changed.put(key, value);
    return new Metadata(changed);
  }

  /** A copy without that key. */
  public Metadata without(String key) {
    LinkedHashMap<String, MetadataValue> changed = new LinkedHashMap<>(pairs);
    changed.remove(key);
    return new Metadata(changed);
  }
}
