package dev.sparkquant.policy;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of the layer that a tensor belongs to, from its name. */
public final class BlockNumber {
  private static final Pattern ANYWHERE = Pattern.compile("blk\\.([0-9]{1,9})\\.");

  private BlockNumber() {}

  /**
   * The {@code N} of a name that holds {@code blk.N.}, be it at the start or behind a prefix such
   * as {@code enc.} or {@code v.}. To sorting and mixtures in llama.cpp, only those without a
   * prefix have a layer: {@link dev.sparkquant.gguf.TensorOrder#layer}.
   */
  public static OptionalInt of(String name) {
    Matcher matcher = ANYWHERE.matcher(name);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** Where the digits of {@link #of} stand in the name, as a matcher that has found them. */
  static Matcher matcher(String name) {
    return ANYWHERE.matcher(name);
  }
}
