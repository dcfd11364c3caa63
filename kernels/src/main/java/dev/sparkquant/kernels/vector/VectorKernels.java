package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.ErrorMeter;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Encoders that give each lane of a vector a block of its own; scalar kernels for other types. */
public final class VectorKernels implements KernelProvider {
  private final KernelProvider scalar;
  private final String name;

  public VectorKernels() {
    this(new ScalarKernels());
  }

  /** Kernels that leave to {@code scalar} what vectors cannot do exactly. */
  VectorKernels(KernelProvider scalar) {
    this.scalar = scalar;
    this.name = "vector-" + Lanes.FLOATS.vectorBitSize();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ErrorMeter errorMeter() {
    return new VectorErrorMeter();
  }

  @Override
  public int finiteBytes(byte[] data, int offset, int length, int exponents) {
    return FiniteNumbers.bytes(data, offset, length, exponents);
  }

  @Override
  public Optional<RowEncoder> encoder(GgmlType type) {
    return switch (type) {
      case F16 -> Optional.of(new F16Encoder());
      case BF16 -> Optional.of(new BF16Encoder());
      case Q2_K -> tiled(type, Q2_KTileEncoder::new);
      case Q3_K -> tiled(type, Q3_KTileEncoder::new);
      case Q4_K -> tiled(type, Q4_KTileEncoder::new);
      case Q5_K -> tiled(type, Q5_KTileEncoder::new);
      case Q6_K -> tiled(type, Q6_KTileEncoder::new);
      case IQ4_NL -> paired(type, IQ4_NLPairEncoder::new);
      case IQ4_XS -> tiled(type, IQ4_XSTileEncoder::new);
      case Q4_0 -> paired(type, Q4_0Encoder::new, SymmetricPairEncoder::q4_0);
      case Q4_1 -> paired(type, Q4_1Encoder::new, AffinePairEncoder::q4_1);
      case Q5_0 -> paired(type, Q5_0Encoder::new, SymmetricPairEncoder::q5_0);
      case Q5_1 -> paired(type, Q5_1Encoder::new, AffinePairEncoder::q5_1);
      case Q8_0 -> scalar.encoder(type).map(Q8_0Encoder::new);
      case Q2_0 -> scalar.encoder(type).map(Q2_0Encoder::new);
      case MXFP4 -> scalar.encoder(type).map(MXFP4Encoder::new);
      case NVFP4 -> scalar.encoder(type).map(NVFP4Encoder::new);
      case TQ1_0 -> scalar.encoder(type).map(TQ1_0Encoder::new);
      case TQ2_0 -> scalar.encoder(type).map(TQ2_0Encoder::new);
      default -> scalar.encoder(type);
    };
  }

  @Override
  public Optional<RowDecoder> decoder(GgmlType type) {
    return switch (type) {
      case F16 -> Optional.of(new F16Decoder());
      case BF16 -> Optional.of(new BF16Decoder());
      case Q4_0 -> Optional.of(new Q4_0Decoder());
      case Q4_1 -> Optional.of(new Q4_1Decoder());
      case Q5_0 -> Optional.of(new Q5_0Decoder());
      case Q5_1 -> Optional.of(new Q5_1Decoder());
      case Q8_0 -> Optional.of(new Q8_0Decoder());
      case TQ2_0 -> Optional.of(new TQ2_0Decoder());
      case Q1_0 -> Optional.of(new Q1_0Decoder());
      case Q2_0 -> Optional.of(new Q2_0Decoder());
      case Q2_K -> Optional.of(new Q2_KDecoder());
      case Q3_K -> Optional.of(new Q3_KDecoder());
      case Q4_K -> Optional.of(new Q4_KDecoder());
      case Q5_K -> Optional.of(new Q5_KDecoder());
      case Q6_K -> Optional.of(new Q6_KDecoder());
      case IQ4_NL -> Optional.of(new IQ4_NLDecoder());
      case IQ4_XS -> Optional.of(new IQ4_XSDecoder());
      case TQ1_0 -> Optional.of(new TQ1_0Decoder());
      case MXFP4 -> Optional.of(new MXFP4Decoder());
      case NVFP4 -> Optional.of(new NVFP4Decoder());
      case IQ1_S -> Optional.of(new IQ1_SDecoder());
      case IQ1_M -> Optional.of(new IQ1_MDecoder());
      case IQ2_XXS -> Optional.of(new IQ2_XXSDecoder());
      case IQ2_XS -> Optional.of(new IQ2_XSDecoder());
      case IQ2_S -> Optional.of(new IQ2_SDecoder());
      case IQ3_XXS -> Optional.of(new IQ3_XXSDecoder());
      case IQ3_S -> Optional.of(new IQ3_SDecoder());
      default -> scalar.decoder(type);
    };
  }

  private Optional<RowEncoder> tiled(GgmlType type, Supplier<TileEncoder> tileEncoders) {
    return scalar
        .encoder(type)
        .map(spare -> new TiledEncoder(type, new Renewed<>(tileEncoders), spare));
  }

  private Optional<RowEncoder> paired(GgmlType type, Supplier<PairEncoder> pairEncoders) {
    return scalar
        .encoder(type)
        .map(spare -> new PairedEncoder(type, new Renewed<>(pairEncoders), spare));
  }

  private Optional<RowEncoder> paired(
      GgmlType type, UnaryOperator<RowEncoder> plain, Supplier<PairEncoder> pairEncoders) {
    return scalar
        .encoder(type)
        .map(
            spare ->
                new ByImportance(
                    plain.apply(spare),
                    new PairedEncoder(type, new Renewed<>(pairEncoders), spare)));
  }
}
