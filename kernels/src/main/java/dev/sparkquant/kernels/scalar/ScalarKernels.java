package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import java.util.Optional;
import java.util.function.Supplier;

/** The specification: every encoder and decoder in plain Java, in ggml's order of operations. */
public final class ScalarKernels implements KernelProvider {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public Optional<RowEncoder> encoder(GgmlType type) {
    return switch (type) {
      case Q2_K -> blockwise(type, Q2_KEncoder::new);
      case Q3_K -> blockwise(type, Q3_KEncoder::new);
      case Q4_K -> blockwise(type, Q4_KEncoder::new);
      case Q5_K -> blockwise(type, Q5_KEncoder::new);
      case Q6_K -> blockwise(type, Q6_KEncoder::new);
      case IQ4_NL -> blockwise(type, IQ4_NLEncoder::new);
      case IQ4_XS -> blockwise(type, IQ4_XSEncoder::new);
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<RowDecoder> decoder(GgmlType type) {
    return switch (type) {
      case Q2_K -> blockwise(type, new Q2_KDecoder());
      case Q3_K -> blockwise(type, new Q3_KDecoder());
      case Q4_K -> blockwise(type, new Q4_KDecoder());
      case Q5_K -> blockwise(type, new Q5_KDecoder());
      case Q6_K -> blockwise(type, new Q6_KDecoder());
      case IQ4_NL -> blockwise(type, new IQ4_NLDecoder());
      case IQ4_XS -> blockwise(type, new IQ4_XSDecoder());
      case IQ1_S -> blockwise(type, new IQ1_SDecoder());
      case IQ1_M -> blockwise(type, new IQ1_MDecoder());
      case IQ2_XXS -> blockwise(type, new IQ2_XXSDecoder());
      case IQ2_XS -> blockwise(type, new IQ2_XSDecoder());
      case IQ2_S -> blockwise(type, new IQ2_SDecoder());
      case IQ3_XXS -> blockwise(type, new IQ3_XXSDecoder());
      case IQ3_S -> blockwise(type, new IQ3_SDecoder());
      default -> Optional.empty();
    };
  }

  private static Optional<RowEncoder> blockwise(
      GgmlType type, Supplier<BlockEncoder> blockEncoders) {
    return Optional.of(new BlockwiseEncoder(type, blockEncoders));
  }

  private static Optional<RowDecoder> blockwise(GgmlType type, BlockDecoder blockDecoder) {
    return Optional.of(new BlockwiseDecoder(type, blockDecoder));
  }
}
