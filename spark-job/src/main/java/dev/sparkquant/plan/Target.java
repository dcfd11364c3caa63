package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgmlType;
import java.util.List;

/** A type that a slice is wanted in, and everywhere the bytes go: encoded once, written often. */
public record Target(GgmlType type, List<Destination> destinations) {

  public Target {
    destinations = List.copyOf(destinations);
  }
}
