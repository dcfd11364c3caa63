package dev.sparkquant.policy;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One {@code --override-kv}: a metadata key and the value it gets.
 *
 * @param negative whether a whole number was given as negative; {@code llama-quantize} records its
 *     absolute value
 */
public record MetadataOverride(String key, MetadataValue value, boolean negative) {
  /** The longest key and string that {@code llama-quantize} takes, in bytes. */
  static final int MAX_BYTES = 127;

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  /**
   * Reads {@code KEY=TYPE:VALUE} with {@code int}, {@code float}, {@code bool} or {@code str}. An
   * {@code int} is recorded as u32, a {@code float} as f32.
   *
   * @throws PolicyException if it is malformed or the value does not fit
   */
  public static MetadataOverride parse(String argument) {
    int equals = argument.indexOf('=');
    int colon = argument.indexOf(':', equals + 1);
    if (equals <= 0 || colon < 0) {
      throw malformed(argument, "it has to be KEY=TYPE:VALUE");
    }
    String key = argument.substring(0, equals);
    if (utf8Length(key) > MAX_BYTES) {
      throw malformed(argument, "the key is longer than " + MAX_BYTES + " bytes");
    }
    String text = argument.substring(colon + 1);
    String type = argument.substring(equals + 1, colon);
    return switch (type) {
      case "int" -> whole(argument, key, text);
      case "float" -> {
        if (!REAL.matcher(text).matches()) {
          throw malformed(argument, "'" + text + "' is no number");
        }
        yield positive(key, MetadataValue.ofFloat32((float) Double.parseDouble(text)));
      }
      case "bool" -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw malformed(argument, "a bool is true or false");
        }
        yield positive(key, MetadataValue.ofBool(text.equals("true")));
      }
      case "str" -> {
        if (utf8Length(text) > MAX_BYTES) {
          throw malformed(argument, "the string is longer than " + MAX_BYTES + " bytes");
        }
        yield positive(key, MetadataValue.ofString(text));
      }
      default ->
          throw malformed(argument, "'" + type + "' is no type; use int, float, bool or str");
    };
  }

  /** The metadata with all overrides applied, each at the end and in order. */
  public static Metadata applyAll(List<MetadataOverride> overrides, Metadata metadata) {
    Metadata changed = metadata;
    for (MetadataOverride override : overrides) {
      changed = changed.with(override.key, override.value);
    }
    return changed;
  }

  private static MetadataOverride whole(String argument, String key, String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw malformed(argument, "'" + text + "' is no whole number");
    }
    long value = Long.parseLong(text);
    if (Math.abs(value) > 0xFFFFFFFFL) {
      throw malformed(argument, "a whole number has to fit 32 bits");
    }
    return new MetadataOverride(key, MetadataValue.ofUint32(Math.abs(value)), value < 0);
  }

  private static MetadataOverride positive(String key, MetadataValue value) {
    return new MetadataOverride(key, value, false);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static PolicyException malformed(String argument, String reason) {
    return new PolicyException("Cannot use --override-kv '" + argument + "': " + reason);
  }
}
