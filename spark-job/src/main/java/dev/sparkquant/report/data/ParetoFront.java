package dev.sparkquant.report.data;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Which of several are beaten by none: no other is as small and as good, and better in one. */
public final class ParetoFront {
  private ParetoFront() {}

  /** Those of the entries that no other beats, both figures the less the better. */
  public static <T> Set<T> of(
      Collection<T> entries, ToDoubleFunction<T> size, ToDoubleFunction<T> cost) {
    Set<T> front = new LinkedHashSet<>();
    for (T entry : entries) {
      double s = size.applyAsDouble(entry);
      double c = cost.applyAsDouble(entry);
      boolean beaten =
          entries.stream()
              .anyMatch(
                  other -> {
                    double os = size.applyAsDouble(other);
                    double oc = cost.applyAsDouble(other);
                    return os <= s && oc <= c && (os < s || oc < c);
                  });
      if (!beaten) {
        front.add(entry);
      }
    }
    return front;
  }
}
