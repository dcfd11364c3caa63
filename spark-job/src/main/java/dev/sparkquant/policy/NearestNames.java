package dev.sparkquant.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggestions for mistyped names. */
final class NearestNames {
  private static final int MOST = 3;

  private NearestNames() {}

  /** {@code "; did you mean A or B"}, or nothing if no name is near. */
  static String hint(String typed, Collection<String> names) {
    List<String> near = find(typed, names);
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near);
  }

  /**
   * At most three names that few changed, added, removed or exchanged letters turn into the typed
   * one.
   */
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

  /** Letters to change, add, remove or exchange with their neighbours (optimal alignment). */
  private static int distance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = distance[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        distance[i][j] = exchanged ? Math.min(least, 1 + distance[i - 2][j - 2]) : least;
      }
    }
    return distance[a.length()][b.length()];
  }
}
