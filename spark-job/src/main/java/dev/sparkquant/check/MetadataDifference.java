package dev.sparkquant.check;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A metadata pair that two models do not share.
 *
 * @param a the first model's value, if it has the key
 * @param b the second model's
 */
public record MetadataDifference(String key, Optional<MetadataValue> a, Optional<MetadataValue> b) {

  /** The pairs that differ in value or type or are in one model only, in file order. */
  public static List<MetadataDifference> between(Metadata a, Metadata b) {
    Set<String> keys = new LinkedHashSet<>(a.pairs().keySet());
    keys.addAll(b.pairs().keySet());
    List<MetadataDifference> differences = new ArrayList<>();
    for (String key : keys) {
      if (!a.get(key).equals(b.get(key))) {
        differences.add(new MetadataDifference(key, a.get(key), b.get(key)));
      }
    }
    return differences;
  }
}
