package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.Optional;
import java.util.function.Supplier;

/** Encoders that give each lane of a vector a block of its own; scalar kernels for other types. */
public final class VectorKernels implements KernelProvider {
  private final KernelProvider scalar = new ScalarKernels();

  @Override
  public String name() {
    return "vector-" + Lanes.FLOATS.vectorBitSize();
  }

  @Override
  public Optional<RowEncoder> encoder(GgmlType type) {
    return switch (type) {
      case Q2_K -> tiled(type, Q2_KTileEncoder::new);
      case Q3_K -> tiled(type, Q3_KTileEncoder::new);
      case Q4_K -> tiled(type, Q4_KTileEncoder::new);
      case Q5_K -> tiled(type, Q5_KTileEncoder::new);
      case Q6_K -> tiled(type, Q6_KTileEncoder::new);
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
}
