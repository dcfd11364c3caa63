package dev.sparkquant.kernels.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requires of a kernel provider what ggml does: the same bytes from every encoder over thousands of
 * rows, the same floats from every decoder. A subclass names the provider and the types.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CodecsEqualGgml {
  private static final int[] BLOCKS_A_ROW = {1, 2, 5};
  private static final int SEEDS = 16;

  /** Bytes around the output that a kernel must leave alone. */
  private static final int GUARD = 11;

  private static final byte GUARD_BYTE = (byte) 0xA5;

  private final KernelProvider kernels;
  private final Set<GgmlType> encoded;
  private final Set<GgmlType> decoded;

  /**
   * @param encoded types whose encoders are compared, and whose decoders on their results
   * @param decoded types whose decoders are compared on random blocks
   */
  protected CodecsEqualGgml(
      KernelProvider kernels, Collection<GgmlType> encoded, Collection<GgmlType> decoded) {
    this.kernels = kernels;
    this.encoded = EnumSet.copyOf(encoded);
    this.decoded = EnumSet.copyOf(decoded);
  }

  Stream<GgmlType> encodedTypes() {
    return encoded.stream();
  }

  Stream<GgmlType> decodedTypes() {
    return decoded.stream();
  }

  @ParameterizedTest
  @MethodSource("encodedTypes")
  void encodesWithoutImportance(GgmlType type) {
    RowEncoder encoder = kernels.encoder(type).orElseThrow();
    for (RowCases rowCase : RowCases.values()) {
      for (int blocks : BLOCKS_A_ROW) {
        for (int seed = 0; seed < SEEDS; seed++) {
          requireEqualBytes(encoder, type, rowCase, blocks, seed, null);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encodedTypes")
  void encodesWithImportance(GgmlType type) {
    RowEncoder encoder = kernels.encoder(type).orElseThrow();
    ImportanceCases[] importanceCases = ImportanceCases.values();
    for (RowCases rowCase : RowCases.values()) {
      for (int blocks : BLOCKS_A_ROW) {
        for (int seed = 0; seed < SEEDS; seed++) {
          ImportanceCases importanceCase = importanceCases[seed % importanceCases.length];
          requireEqualBytes(encoder, type, rowCase, blocks, seed, importanceCase);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encodedTypes")
  void decodesEncodedRows(GgmlType type) {
    RowDecoder decoder = kernels.decoder(type).orElseThrow();
    int length = 2 * type.blockLength();
    for (RowCases rowCase : RowCases.moderate()) {
      for (int seed = 0; seed < 2; seed++) {
        float[] row = rowCase.row(length, seed);
        float[] importance = ImportanceCases.ACTIVATIONS.row(length, seed);
        byte[] blocks = GgmlPeer.quantize(type, row, 1, length, importance);
        requireEqualFloats(decoder, type, blocks, rowCase + " encoded, seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("decodedTypes")
  void decodesRandomBlocks(GgmlType type) {
    RowDecoder decoder = kernels.decoder(type).orElseThrow();
    int blocksARun = Math.max(4, 4096 / type.blockLength());
    for (int seed = 0; seed < 64; seed++) {
      byte[] blocks = new byte[blocksARun * type.blockBytes()];
      new SplittableRandom(seed).nextBytes(blocks);
      requireEqualFloats(decoder, type, blocks, "random bytes, seed " + seed);
    }
  }

  private static void requireEqualBytes(
      RowEncoder encoder,
      GgmlType type,
      RowCases rowCase,
      int blocks,
      int seed,
      ImportanceCases importanceCase) {
    int rowLength = blocks * type.blockLength();
    int rows = 1 + seed % 3;
    int srcOffset = seed % 5;
    int importanceOffset = seed % 2;
    float[] src = new float[srcOffset + rows * rowLength];
    for (int row = 0; row < rows; row++) {
      float[] one = rowCase.row(rowLength, 31L * seed + row);
      System.arraycopy(one, 0, src, srcOffset + row * rowLength, rowLength);
    }
    float[] importance = null;
    float[] shiftedImportance = null;
    if (importanceCase != null) {
      importance = importanceCase.row(rowLength, seed);
      shiftedImportance = new float[importanceOffset + rowLength];
      System.arraycopy(importance, 0, shiftedImportance, importanceOffset, rowLength);
    }

    float[] srcAlone = Arrays.copyOfRange(src, srcOffset, src.length);
    byte[] expected = GgmlPeer.quantize(type, srcAlone, rows, rowLength, importance);
    byte[] guarded = new byte[expected.length + 2 * GUARD];
    Arrays.fill(guarded, GUARD_BYTE);
    int written =
        encoder.encode(
            src, srcOffset, rows, rowLength, shiftedImportance, importanceOffset, guarded, GUARD);

    String what =
        type
            + " from "
            + rowCase
            + (importanceCase == null ? "" : " weighted by " + importanceCase)
            + (", seed " + seed + ", " + rows + " rows of " + blocks + " blocks");
    byte[] actual = Arrays.copyOfRange(guarded, GUARD, GUARD + expected.length);
    for (int block = 0; block < expected.length / type.blockBytes(); block++) {
      byte[] actualBlock = blockOf(actual, block, type);
      byte[] expectedBlock = blockOf(expected, block, type);
      if (!Arrays.equals(actualBlock, expectedBlock)
          && !(importance != null && ggmlHasChanged(type, actualBlock, expectedBlock))) {
        throw new AssertionError(
            what
                + (": block " + block + " is\n" + Arrays.toString(actualBlock))
                + (" but ggml's\n" + Arrays.toString(expectedBlock)));
      }
    }
    assertThat(written).as(what + ": bytes written").isEqualTo(expected.length);
    for (int i = 0; i < GUARD; i++) {
      assertThat(guarded[i]).as(what + ": byte before the output").isEqualTo(GUARD_BYTE);
      assertThat(guarded[guarded.length - 1 - i])
          .as(what + ": byte after the output")
          .isEqualTo(GUARD_BYTE);
    }
  }

  /**
   * Whether blocks may differ because the peer is old, see {@link GgmlPeer#isOld}. What takes the
   * place of equality there is {@link EncodersEqualRelease}.
   */
  private static boolean ggmlHasChanged(GgmlType type, byte[] actual, byte[] expected) {
    return GgmlPeer.isOld()
        && (!GgmlPeer.isValid(type, expected) || (isZero(type, actual) && isZero(type, expected)));
  }

  private static boolean isZero(GgmlType type, byte[] block) {
    for (float element : GgmlPeer.dequantize(type, block, type.blockLength())) {
      if (element != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] blockOf(byte[] blocks, int block, GgmlType type) {
    return Arrays.copyOfRange(blocks, block * type.blockBytes(), (block + 1) * type.blockBytes());
  }

  private static void requireEqualFloats(
      RowDecoder decoder, GgmlType type, byte[] blocks, String source) {
    int count = blocks.length / type.blockBytes() * type.blockLength();
    float[] expected = GgmlPeer.dequantize(type, blocks, count);
    byte[] shifted = new byte[blocks.length + 3];
    System.arraycopy(blocks, 0, shifted, 3, blocks.length);
    float[] guarded = new float[count + 2];
    guarded[0] = 42;
    guarded[count + 1] = 43;

    int read = decoder.decode(shifted, 3, count, guarded, 1);

    String what = type + " from " + source;
    float[] actual = Arrays.copyOfRange(guarded, 1, count + 1);
    int differing = firstDifference(actual, expected);
    assertThat(differing)
        .withFailMessage(
            () ->
                what
                    + ": element "
                    + differing
                    + " is "
                    + actual[differing]
                    + " but ggml's "
                    + expected[differing])
        .isEqualTo(-1);
    assertThat(read).as(what + ": bytes read").isEqualTo(blocks.length);
    assertThat(guarded[0]).as(what + ": element before the output").isEqualTo(42);
    assertThat(guarded[count + 1]).as(what + ": element after the output").isEqualTo(43);
  }

  /** Bits must be equal, except that any NaN equals any NaN. */
  private static int firstDifference(float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        return i;
      }
    }
    return -1;
  }
}
