package dev.sparkquant.eval.tokenizer;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.MetadataValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Typed access to the {@code tokenizer.ggml.*} keys, with errors that name the key. */
final class VocabularyMetadata {
  private static final String PREFIX = "tokenizer.ggml.";

  private final Metadata metadata;

  VocabularyMetadata(Metadata metadata) {
    this.metadata = metadata;
  }

  /** The full key, for messages. */
  static String key(String name) {
    return PREFIX + name;
  }

  String string(String name) {
    return optionalString(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalString(String name) {
    return typed(name, MetadataType.STRING).map(MetadataValue::asString);
  }

  Optional<Boolean> optionalBool(String name) {
    return typed(name, MetadataType.BOOL).map(MetadataValue::asBool);
  }

  OptionalLong optionalInteger(String name) {
    Optional<MetadataValue> value = metadata.get(key(name));
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!value.get().type().isInteger()) {
      throw wrongType(name, value.get(), "an integer");
    }
    return OptionalLong.of(value.get().asLong());
  }

  /** An array of strings, unmodifiable. */
  List<String> strings(String name) {
    return optionalStrings(name).orElseThrow(() -> missing(name));
  }

  Optional<List<String>> optionalStrings(String name) {
    return array(name)
        .map(
            value -> {
              if (value.elementType() != MetadataType.STRING) {
                throw wrongType(name, value, "an array of strings");
              }
              return value.asStrings().stream().map(VocabularyMetadata::untilNul).toList();
            });
  }

  Optional<long[]> optionalIntegers(String name) {
    return array(name)
        .map(
            value -> {
              if (!value.elementType().isInteger()) {
                throw wrongType(name, value, "an array of integers");
              }
              return value.asLongs();
            });
  }

  /** An array of floats or of integers, as floats. */
  Optional<float[]> optionalFloats(String name) {
    return array(name).map(value -> floats(name, value));
  }

  /** The model's name ({@code general.name}), or an empty string. */
  String modelName() {
    return metadata
        .get("general.name")
        .filter(value -> value.type() == MetadataType.STRING)
        .map(MetadataValue::asString)
        .orElse("");
  }

  private static float[] floats(String name, MetadataValue value) {
    boolean integers = value.elementType().isInteger();
    if (!integers && value.elementType() != MetadataType.FLOAT32) {
      throw wrongType(name, value, "an array of floats");
    }
    List<MetadataValue> elements = value.elements();
    float[] floats = new float[elements.size()];
    for (int i = 0; i < floats.length; i++) {
      MetadataValue element = elements.get(i);
      floats[i] = integers ? (float) element.asLong() : (float) element.asDouble();
    }
    return floats;
  }

  /** Strings in arrays end at a NUL, as in C ({@code gguf_get_arr_str}). */
  private static String untilNul(String text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  private Optional<MetadataValue> array(String name) {
    return typed(name, MetadataType.ARRAY);
  }

  private Optional<MetadataValue> typed(String name, MetadataType type) {
    Optional<MetadataValue> value = metadata.get(key(name));
    value.ifPresent(
        found -> {
          if (found.type() != type) {
            throw wrongType(name, found, type.toString());
          }
        });
    return value;
  }

  private static TokenizerException missing(String name) {
    return new TokenizerException("Cannot tokenize: the model has no " + key(name));
  }

  private static TokenizerException wrongType(String name, MetadataValue value, String wanted) {
    String found =
        value.type() == MetadataType.ARRAY
            ? "an array of " + value.elementType()
            : value.type().toString();
    return new TokenizerException(
        "Cannot tokenize: " + key(name) + " is " + found + ", not " + wanted);
  }
}
