package dev.sparkquant.eval.model;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.MetadataValue;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The metadata of a model, read by key with errors that name model and key.
 *
 * @param model the model's file, for messages
 * @param prefix put before every key, such as {@code llama.}
 */
record ArchitectureKeys(String model, String prefix, Metadata metadata) {
  /** No model comes near; products of two sizes fit a long by far. */
  private static final int LARGEST_SIZE = 1 << 26;

  /** A size that must be stated: at least 1. */
  int size(String key) {
    return optionalSize(key)
        .orElseThrow(() -> value(key) == null ? missing(key) : outOfRange(key, 0));
  }

  /** A size that may be stated; 0 counts as not stated. */
  OptionalInt optionalSize(String key) {
    MetadataValue value = value(key);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!value.type().isInteger()) {
      throw wrongType(key, value, "an integer");
    }
    long size = value.asLong();
    if (size < 0 || size > LARGEST_SIZE) {
      throw outOfRange(key, size);
    }
    return size == 0 ? OptionalInt.empty() : OptionalInt.of((int) size);
  }

  /** A number that must be stated. */
  float number(String key) {
    return (float) optionalNumber(key).orElseThrow(() -> missing(key));
  }

  /** A number that may be stated, finite. */
  OptionalDouble optionalNumber(String key) {
    MetadataValue value = value(key);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value.type() != MetadataType.FLOAT32 && value.type() != MetadataType.FLOAT64) {
      throw wrongType(key, value, "a float");
    }
    if (!Double.isFinite(value.asDouble())) {
      throw new ModelException(
          model, String.format("metadata key %s%s is %s", prefix, key, value.asDouble()));
    }
    return OptionalDouble.of(value.asDouble());
  }

  /** A string that must be stated. */
  String text(String key) {
    if (value(key) == null) {
      throw missing(key);
    }
    return text(key, "");
  }

  /** A string that may be stated. */
  String text(String key, String otherwise) {
    MetadataValue value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value.type() != MetadataType.STRING) {
      throw wrongType(key, value, "a string");
    }
    return value.asString();
  }

  private MetadataValue value(String key) {
    return metadata.get(prefix + key).orElse(null);
  }

  private ModelException missing(String key) {
    return new ModelException(model, "metadata key " + prefix + key + " is missing");
  }

  private ModelException outOfRange(String key, long size) {
    return new ModelException(
        model, String.format("metadata key %s%s is %d, out of range", prefix, key, size));
  }

  private ModelException wrongType(String key, MetadataValue value, String wanted) {
    return new ModelException(
        model,
        String.format(
            "metadata key %s%s has type %s, but must be %s", prefix, key, value.type(), wanted));
  }
}
