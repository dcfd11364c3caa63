package dev.sparkquant.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.ErrorMeter;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.peer.ImportanceCases;
import dev.sparkquant.kernels.peer.RowCases;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector encoders against the scalar ones, on rows of many tiles; run at every width. */
class VectorEncodersEqualScalarTest {
  private static final int BLOCKS_A_ROW = 3;
  private static final int ROWS = 19;
  private static final int SEEDS = 3;

  /** Rows in which nothing reaches beyond what vectors round exactly, whatever the type. */
  private static final Set<RowCases> EXACT =
      EnumSet.complementOf(
          EnumSet.of(RowCases.SUBNORMAL, RowCases.LARGE, RowCases.HUGE, RowCases.ANY_FINITE_BITS));

  private final KernelProvider scalar = new ScalarKernels();

  static Set<GgmlType> types() {
    return VectorTypes.encoded();
  }

  @Test
  void usesTheForcedWidth() {
    String forced = System.getProperty(Lanes.BITS);
    if (forced != null) {
      assertThat(new VectorKernels().name()).isEqualTo("vector-" + forced);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void encodesWithoutImportance(GgmlType type) {
    for (RowCases rowCase : RowCases.values()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        requireEqual(new VectorKernels(), type, rowCase, null, seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void encodesWithImportance(GgmlType type) {
    for (RowCases rowCase : RowCases.values()) {
      for (ImportanceCases importanceCase : ImportanceCases.values()) {
        requireEqual(new VectorKernels(), type, rowCase, importanceCase, 1);
      }
    }
  }

  /** That the bytes are right says nothing of who made them. */
  @ParameterizedTest
  @MethodSource("types")
  void leavesNoOrdinaryRowToScalarKernels(GgmlType type) {
    KernelProvider unaided = new VectorKernels(new Refusing());
    for (RowCases rowCase : EXACT) {
      requireEqual(unaided, type, rowCase, null, 2);
      requireEqual(unaided, type, rowCase, ImportanceCases.ACTIVATIONS, 2);
    }
  }

  private void requireEqual(
      KernelProvider kernels,
      GgmlType type,
      RowCases rowCase,
      ImportanceCases importanceCase,
      int seed) {
    int rowLength = BLOCKS_A_ROW * type.blockLength();
    float[] src = rowCase.row(ROWS * rowLength, seed);
    float[] importance = importanceCase == null ? null : importanceCase.row(rowLength, seed);
    byte[] expected = new byte[Math.toIntExact(type.bytes(src.length))];
    byte[] actual = new byte[expected.length];

    encode(scalar, type, src, rowLength, importance, expected);
    encode(kernels, type, src, rowLength, importance, actual);

    int block = Arrays.mismatch(expected, actual) / type.blockBytes();
    assertThat(Arrays.mismatch(expected, actual))
        .as(
            "%s from %s, weighted by %s, seed %d: first byte that differs (block %d)",
            type, rowCase, importanceCase, seed, block)
        .isEqualTo(-1);
  }

  private static void encode(
      KernelProvider kernels,
      GgmlType type,
      float[] src,
      int rowLength,
      float[] importance,
      byte[] dst) {
    RowEncoder encoder = kernels.encoder(type).orElseThrow();
    encoder.encode(src, 0, src.length / rowLength, rowLength, importance, 0, dst, 0);
  }

  /** Kernels that must not be asked to encode. */
  private static final class Refusing implements KernelProvider {

    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public Optional<RowEncoder> encoder(GgmlType type) {
      return Optional.of(
          (src, srcOffset, rows, rowLength, importance, importanceOffset, dst, dstOffset) -> {
            throw new AssertionError("a block of " + type + " was left to the scalar kernel");
          });
    }

    @Override
    public Optional<RowDecoder> decoder(GgmlType type) {
      return Optional.empty();
    }

    @Override
    public ErrorMeter errorMeter() {
      throw new AssertionError("errors were left to the scalar kernel");
    }

    @Override
    public int finiteBytes(byte[] data, int offset, int length, int exponents) {
      throw new AssertionError("numbers were left to the scalar kernel");
    }
  }
}
