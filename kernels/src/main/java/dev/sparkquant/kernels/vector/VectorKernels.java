package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Encoders that give each lane of a vector a block of its own; scalar kernels for other types. */
public final class VectorKernels implements KernelProvider {
  /** The types that are encoded with vectors. */
  static final Set<GgmlType> ENCODED =
      Collections.unmodifiableSet(
          EnumSet.of(
              GgmlType.Q2_K,
              GgmlType.Q3_K,
              GgmlType.Q4_K,
              GgmlType.Q5_K,
              GgmlType.Q6_K,
              GgmlType.IQ4_NL,
              GgmlType.IQ4_XS));

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
  public Optional<RowEncoder> encoder(GgmlType type) {
    return switch (type) {
      case Q2_K -> tiled(type, Q2_KTileEncoder::new);
      case Q3_K -> tiled(type, Q3_KTileEncoder::new);
      case Q4_K -> tiled(type, Q4_KTileEncoder::new);
      case Q5_K -> tiled(type, Q5_KTileEncoder::new);
      case Q6_K -> tiled(type, Q6_KTileEncoder::new);
      case IQ4_NL -> paired(type, IQ4_NLPairEncoder::new);
      case IQ4_XS -> tiled(type, IQ4_XSTileEncoder::new);
      case Q4_0 -> plainOr(type, paired(type, SymmetricPairEncoder::q4_0));
      case Q4_1 -> plainOr(type, paired(type, AffinePairEncoder::q4_1));
      case Q5_0 -> plainOr(type, paired(type, SymmetricPairEncoder::q5_0));
      case Q5_1 -> plainOr(type, paired(type, AffinePairEncoder::q5_1));
      default -> scalar.encoder(type);
    };
  }

  @Override
  public Optional<RowDecoder> decoder(GgmlType type) {
    return scalar.decoder(type);
  }

  private Optional<RowEncoder> tiled(GgmlType type, Supplier<TileEncoder> tileEncoders) {
    return scalar.encoder(type).map(spare -> new TiledEncoder(type, tileEncoders, spare));
  }

  private Optional<RowEncoder> paired(GgmlType type, Supplier<PairEncoder> pairEncoders) {
    return scalar.encoder(type).map(spare -> new PairedEncoder(type, pairEncoders, spare));
  }

  private Optional<RowEncoder> plainOr(GgmlType type, Optional<RowEncoder> weighted) {
    return scalar.encoder(type).map(plain -> new ByImportance(plain, weighted.orElseThrow()));
  }
}
