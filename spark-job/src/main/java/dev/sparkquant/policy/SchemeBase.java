package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;

/** What tensors get for which a scheme has no rule. */
public sealed interface SchemeBase {

  /** What {@code llama-quantize} gives them for that file type. */
  record Mix(FileType fileType) implements SchemeBase {
    /**
     * @throws PolicyException if files of that type can only be read
     */
    public Mix {
      if (!fileType.isSupported()) {
        throw new PolicyException(
            "Cannot quantize to " + fileType + ": it can be read but not written");
      }
    }
  }

  /** One type for all. */
  record Pure(GgmlType type) implements SchemeBase {}

  /** What they have; nothing is converted at all. */
  record Copy() implements SchemeBase {}
}
