package dev.sparkquant.policy;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a model is quantized: a base, and rules that override it. Either one of {@code
 * llama-quantize}'s own types, without rules, or read from a YAML file by {@link SchemeParser}.
 *
 * @param name as on the command line
 * @param description one line
 * @param base for tensors without a rule
 * @param rules the first that matches counts
 * @param fallback for tensors that do not fit their type
 * @param fileType what {@code general.file_type} records; nothing to keep what the input says
 * @param fromFile whether a file defines it, rather than llama.cpp
 */
public record Scheme(
    String name,
    String description,
    SchemeBase base,
    List<SchemeRule> rules,
    Fallback fallback,
    OptionalInt fileType,
    boolean fromFile) {

  /** {@code llama-quantize}'s COPY: every tensor as it is. */
  public static final Scheme COPY =
      new Scheme(
          "COPY",
          "every tensor as it is",
          new SchemeBase.Copy(),
          List.of(),
          Fallback.LLAMA,
          OptionalInt.empty(),
          false);

  public Scheme {
    rules = List.copyOf(rules);
  }

  /**
   * What {@code llama-quantize} does for that file type.
   *
   * @throws PolicyException if the file type cannot be asked for
   */
  public static Scheme of(FileType fileType) {
    return new Scheme(
        fileType.name(),
        fileType.description(),
        new SchemeBase.Mix(fileType),
        List.of(),
        Fallback.LLAMA,
        OptionalInt.of(fileType.id()),
        false);
  }
}
