package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import java.util.Optional;

/** The specification: every encoder and decoder in plain Java, in ggml's order of operations. */
public final class ScalarKernels implements KernelProvider {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public Optional<RowEncoder> encoder(GgmlType type) {
    return Optional.empty();
  }

  @Override
  public Optional<RowDecoder> decoder(GgmlType type) {
    return Optional.empty();
  }
}
