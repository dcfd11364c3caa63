package dev.sparkquant.report.html;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes file names of schemes' names, which may hold anything. */
final class FileName {
  private static final int LONGEST = 60;

  private final Set<String> given = new HashSet<>();

  /** A name of letters, digits, dots, hyphens and underscores that was not given before. */
  String of(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
    safe = safe.substring(0, Math.min(LONGEST, safe.length()));
    String candidate = safe;
    // File systems may not tell upper from lower case.
    for (int i = 2; !given.add(candidate.toLowerCase(Locale.ROOT)); i++) {
      candidate = safe + "-" + i;
    }
    return candidate;
  }
}
