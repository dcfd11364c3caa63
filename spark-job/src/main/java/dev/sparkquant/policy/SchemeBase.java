package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;

/** What tensors get for which a scheme has no rule. */
public sealed interface SchemeBase {

  /** What {@code llama-quantize} gives them for that file type. */
  record Mix(FileType fileType) implements SchemeBase {
    /**
     * @throws PolicyException if the file type cannot be asked for
     */
    public Mix {
      fileType.requireSupported();
    }
  }

  /** One type for all. */
  record Pure(GgmlType type) implements SchemeBase {}

  /** What they have; nothing is converted at all. */
  record Copy() implements SchemeBase {}
}
