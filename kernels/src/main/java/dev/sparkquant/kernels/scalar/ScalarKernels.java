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
    return Optional.ofNullable(
        switch (type) {
          case F32 -> new F32Encoder();
          case F16 -> new F16Encoder();
          case BF16 -> new BF16Encoder();
          case Q4_0 -> new RowVarianceEncoder(type, Q4_0Encoder::new);
          case Q4_1 -> new RowVarianceEncoder(type, Q4_1Encoder::new);
          case Q5_0 -> new RowVarianceEncoder(type, Q5_0Encoder::new);
          case Q5_1 -> new RowVarianceEncoder(type, Q5_1Encoder::new);
          case Q8_0 -> new BlockwiseEncoder(type, Q8_0Encoder::new);
          case TQ1_0 -> new BlockwiseEncoder(type, TQ1_0Encoder::new);
          case TQ2_0 -> new BlockwiseEncoder(type, TQ2_0Encoder::new);
          case MXFP4 -> new BlockwiseEncoder(type, MXFP4Encoder::new);
          case NVFP4 -> new BlockwiseEncoder(type, NVFP4Encoder::new);
          case Q1_0 -> new BlockwiseEncoder(type, Q1_0Encoder::new);
          case Q2_0 -> new BlockwiseEncoder(type, Q2_0Encoder::new);
          default -> null;
        });
  }

  @Override
  public Optional<RowDecoder> decoder(GgmlType type) {
    return Optional.ofNullable(
        switch (type) {
          case F32 -> new F32Decoder();
          case F16 -> new F16Decoder();
          case BF16 -> new BF16Decoder();
          case Q4_0 -> new BlockwiseDecoder(type, new Q4_0Decoder());
          case Q4_1 -> new BlockwiseDecoder(type, new Q4_1Decoder());
          case Q5_0 -> new BlockwiseDecoder(type, new Q5_0Decoder());
          case Q5_1 -> new BlockwiseDecoder(type, new Q5_1Decoder());
          case Q8_0 -> new BlockwiseDecoder(type, new Q8_0Decoder());
          case TQ1_0 -> new BlockwiseDecoder(type, new TQ1_0Decoder());
          case TQ2_0 -> new BlockwiseDecoder(type, new TQ2_0Decoder());
          case MXFP4 -> new BlockwiseDecoder(type, new MXFP4Decoder());
          case NVFP4 -> new BlockwiseDecoder(type, new NVFP4Decoder());
          case Q1_0 -> new BlockwiseDecoder(type, new Q1_0Decoder());
          case Q2_0 -> new BlockwiseDecoder(type, new Q2_0Decoder());
          default -> null;
        });
  }
}
