package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import java.util.Optional;

/**
 * What one tensor becomes.
 *
 * @param tensor as in the input, but under its name in the output
 * @param type in the output
 * @param reason why that type
 * @param fallbackFrom the type that was wanted but that the tensor's rows do not fit
 * @param requiresImatrix whether encoding it without an importance matrix gives garbage
 */
public record Assignment(
    TensorInfo tensor,
    GgmlType type,
    Reason reason,
    Optional<GgmlType> fallbackFrom,
    boolean requiresImatrix) {

  /** Whether the data is encoded anew rather than copied. */
  public boolean isConverted() {
    return type != tensor.type();
  }

  /** Bytes of the data in the output, without padding. */
  public long bytes() {
    return type.bytes(tensor.elements());
  }
}
