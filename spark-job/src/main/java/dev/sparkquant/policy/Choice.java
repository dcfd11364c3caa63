package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;

/**
 * The type a tensor should get, before its shape is looked at.
 *
 * @param mayFallBack whether another type may take its place where the shape does not fit
 */
record Choice(GgmlType type, Reason reason, boolean mayFallBack) {

  static Choice keep(TensorInfo tensor, Reason.Kind kind) {
    return new Choice(tensor.type(), Reason.of(kind), false);
  }

  static Choice exactly(GgmlType type, Reason reason) {
    return new Choice(type, reason, false);
  }

  static Choice preferably(GgmlType type, Reason reason) {
    return new Choice(type, reason, true);
  }
}
