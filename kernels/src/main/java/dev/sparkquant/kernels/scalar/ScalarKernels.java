package dev.sparkquant.kernels.scalar;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.ErrorMeter;
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
  public ErrorMeter errorMeter() {
    return new ScalarErrorMeter();
  }

  @Override
  public int finiteBytes(byte[] data, int offset, int length, int exponents) {
    return FiniteNumbers.bytes(data, offset, length, exponents);
  }

  @Override
  public Optional<RowEncoder> encoder(GgmlType type) {
    return switch (type) {
      case F32 -> Optional.of(new F32Encoder());
      case F16 -> Optional.of(new F16Encoder());
      case BF16 -> Optional.of(new BF16Encoder());
      case Q4_0 -> Optional.of(new RowVarianceEncoder(type, Q4_0Encoder::new));
      case Q4_1 -> Optional.of(new RowVarianceEncoder(type, Q4_1Encoder::new));
      case Q5_0 -> Optional.of(new RowVarianceEncoder(type, Q5_0Encoder::new));
      case Q5_1 -> Optional.of(new RowVarianceEncoder(type, Q5_1Encoder::new));
      case Q8_0 -> blockwise(type, Q8_0Encoder::new);
      case TQ1_0 -> blockwise(type, TQ1_0Encoder::new);
      case TQ2_0 -> blockwise(type, TQ2_0Encoder::new);
      case MXFP4 -> blockwise(type, MXFP4Encoder::new);
      case NVFP4 -> blockwise(type, NVFP4Encoder::new);
      case Q1_0 -> blockwise(type, Q1_0Encoder::new);
      case Q2_0 -> blockwise(type, Q2_0Encoder::new);
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
      case F32 -> Optional.of(new F32Decoder());
      case F16 -> Optional.of(new F16Decoder());
      case BF16 -> Optional.of(new BF16Decoder());
      case Q4_0 -> blockwise(type, new Q4_0Decoder());
      case Q4_1 -> blockwise(type, new Q4_1Decoder());
      case Q5_0 -> blockwise(type, new Q5_0Decoder());
      case Q5_1 -> blockwise(type, new Q5_1Decoder());
      case Q8_0 -> blockwise(type, new Q8_0Decoder());
      case TQ1_0 -> blockwise(type, new TQ1_0Decoder());
      case TQ2_0 -> blockwise(type, new TQ2_0Decoder());
      case MXFP4 -> blockwise(type, new MXFP4Decoder());
      case NVFP4 -> blockwise(type, new NVFP4Decoder());
      case Q1_0 -> blockwise(type, new Q1_0Decoder());
      case Q2_0 -> blockwise(type, new Q2_0Decoder());
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
