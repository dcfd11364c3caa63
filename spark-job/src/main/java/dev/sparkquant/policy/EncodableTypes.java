package dev.sparkquant.policy;

import static java.util.stream.Collectors.joining;

import dev.sparkquant.gguf.GgmlType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The types that weights can be converted to, and those they can be converted from. */
final class EncodableTypes {
  /** In ascending order of their numbers in ggml. */
  static final Set<GgmlType> ALL =
      Collections.unmodifiableSet(
          EnumSet.of(
              GgmlType.F32,
              GgmlType.F16,
              GgmlType.BF16,
              GgmlType.Q4_0,
              GgmlType.Q4_1,
              GgmlType.Q5_0,
              GgmlType.Q5_1,
              GgmlType.Q8_0,
              GgmlType.Q2_K,
              GgmlType.Q3_K,
              GgmlType.Q4_K,
              GgmlType.Q5_K,
              GgmlType.Q6_K,
              GgmlType.IQ4_NL,
              GgmlType.IQ4_XS,
              GgmlType.TQ1_0,
              GgmlType.TQ2_0,
              GgmlType.MXFP4,
              GgmlType.NVFP4,
              GgmlType.Q1_0,
              GgmlType.Q2_0));

  private EncodableTypes() {}

  static boolean contains(GgmlType type) {
    return ALL.contains(type);
  }

  /** Whether tensors of that type hold weights, so that they can be decoded to floats. */
  static boolean isDecodable(GgmlType source) {
    return switch (source) {
      case I8, I16, I32, I64, F64 -> false;
      default -> true;
    };
  }

  /**
   * The encodable type of that name, case ignored.
   *
   * @param subject what the name was given for, as the start of an error message
   * @throws PolicyException if there is no such type or it can only be decoded
   */
  static GgmlType parse(String name, String subject) {
    GgmlType type =
        GgmlType.fromName(name)
            .orElseThrow(
                () ->
                    new PolicyException(
                        subject + ": there is no type '" + name + "'; the types are " + list()));
    if (!contains(type)) {
      throw new PolicyException(
          subject + ": " + type + " can be read but not written; the types are " + list());
    }
    return type;
  }

  private static String list() {
    return ALL.stream().map(GgmlType::name).collect(joining(", "));
  }
}
