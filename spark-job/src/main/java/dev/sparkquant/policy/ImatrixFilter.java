package dev.sparkquant.policy;

import java.util.List;

/**
 * Which entries of an importance matrix are used: {@code --include-weights} and {@code
 * --exclude-weights}.
 *
 * @param include parts of names, one of which an entry's name must contain; empty for all
 * @param exclude parts of names, none of which an entry's name may contain
 */
public record ImatrixFilter(List<String> include, List<String> exclude) {
  public static final ImatrixFilter ALL = new ImatrixFilter(List.of(), List.of());

  /**
   * @throws PolicyException if both lists name something
   */
  public ImatrixFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (!include.isEmpty() && !exclude.isEmpty()) {
      throw new PolicyException(
          "Cannot use --include-weights and --exclude-weights together: choose one");
    }
  }

  /** Whether the entry of that name is used. */
  public boolean accepts(String entry) {
    return exclude.stream().noneMatch(entry::contains)
        && (include.isEmpty() || include.stream().anyMatch(entry::contains));
  }
}
