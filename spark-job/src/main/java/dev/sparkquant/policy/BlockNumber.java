package dev.sparkquant.policy;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of the layer that a tensor belongs to, from its name. */
public final class BlockNumber {
  private static final Pattern LEADING = Pattern.compile("\\Ablk\\.([0-9]{1,9})");
  private static final Pattern ANYWHERE = Pattern.compile("blk\\.([0-9]{1,9})\\.");

  private BlockNumber() {}

  /**
   * The {@code N} of a name that holds {@code blk.N.}, be it at the start or behind a prefix such
   * as {@code enc.} or {@code v.}.
   */
  public static OptionalInt of(String name) {
    return find(ANYWHERE, name);
  }

  /**
   * The {@code N} of a name that starts with {@code blk.N}. Sorting and mixtures in llama.cpp see
   * only these: to them a tensor of an encoder, {@code enc.blk.N.}, has no layer.
   */
  static OptionalInt leading(String name) {
    return find(LEADING, name);
  }

  /** Where the digits of {@link #of} stand in the name, as a matcher that has found them. */
  static Matcher matcher(String name) {
    return ANYWHERE.matcher(name);
  }

  private static OptionalInt find(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
