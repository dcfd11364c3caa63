package dev.sparkquant.policy;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggestions for mistyped names. */
final class NearestNames {
  private static final int MOST = 3;

  private NearestNames() {}

  /** {@code "; did you mean A, B or C?"} without the final mark, or nothing if no name is near. */
  static String hint(String typed, Collection<String> names) {
    List<String> near = find(typed, names);
    return near.isEmpty() ? "" : "; did you mean " + near.stream().collect(joining(" or "));
  }

  /** At most three names that few changed, added or removed letters turn into the typed one. */
  static List<String> find(String typed, Collection<String> names) {
    String wanted = typed.toUpperCase(Locale.ROOT);
    int limit = Math.max(1, Math.min(3, wanted.length() / 3));
    return names.stream()
        .filter(name -> distance(wanted, name.toUpperCase(Locale.ROOT)) <= limit)
        .sorted(
            Comparator.<String>comparingInt(name -> distance(wanted, name.toUpperCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
