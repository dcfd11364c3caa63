package dev.sparkquant.gguf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one file of a split model: {@code PREFIX-00001-of-00003.gguf}.
 *
 * @param prefix path and name before the numbers, not empty
 * @param index from 0; the name shows it from 1
 * @param count number of shards, more than {@code index}
 */
public record ShardName(String prefix, int index, int count) {
  /** Shards that a model has at most: {@code split.count} is a u16. */
  public static final int MOST = 65535;

  private static final Pattern PATTERN =
      Pattern.compile("(.+)-(\\d{5,9})-of-(\\d{5,9})\\.gguf", Pattern.DOTALL);

  public ShardName {
    if (prefix.isEmpty() || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "Cannot name shard " + index + " of " + count + " after '" + prefix + "'");
    }
  }

  /** Takes a path or URI apart; empty if it is not a shard's name. */
  public static Optional<ShardName> parse(String name) {
    Matcher matcher = PATTERN.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group(2));
    int count = Integer.parseInt(matcher.group(3));
    if (number < 1 || number > count) {
      return Optional.empty();
    }
    ShardName shard = new ShardName(matcher.group(1), number - 1, count);
    return shard.format().equals(name) ? Optional.of(shard) : Optional.empty();
  }

  /** The name of another shard of the same model. */
  public ShardName sibling(int otherIndex) {
    return new ShardName(prefix, otherIndex, count);
  }

  /** The file's path, as {@code llama_split_path} makes it. */
  public String format() {
    return String.format("%s-%05d-of-%05d.gguf", prefix, index + 1, count);
  }
}
