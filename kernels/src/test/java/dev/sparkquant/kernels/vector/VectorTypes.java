package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.EnumSet;
import java.util.Set;

/** The types that have vector kernels. */
final class VectorTypes {
  /** Their scalar kernels copy memory, or wait for a sum that has to be added up in order. */
  private static final Set<GgmlType> SCALAR = EnumSet.of(GgmlType.F32, GgmlType.Q1_0);

  private VectorTypes() {}

  /** The types with vector encoders: all that can be encoded, but for those two. */
  static Set<GgmlType> encoded() {
    KernelProvider scalar = new ScalarKernels();
    Set<GgmlType> types = EnumSet.allOf(GgmlType.class);
    types.removeIf(type -> scalar.encoder(type).isEmpty());
    types.removeAll(SCALAR);
    return types;
  }

  /** The types with decoders. */
  static Set<GgmlType> decoded() {
    KernelProvider scalar = new ScalarKernels();
    Set<GgmlType> types = EnumSet.allOf(GgmlType.class);
    types.removeIf(type -> scalar.decoder(type).isEmpty());
    return types;
  }
}
