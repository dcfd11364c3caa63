package dev.sparkquant.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector decoders against the scalar ones, on any bytes; run at every width. */
class VectorDecodersEqualScalarTest {
  private static final int[] BLOCKS = {1, 2, 7};
  private static final int SEEDS = 60;

  static Set<GgmlType> types() {
    return VectorTypes.decoded();
  }

  @ParameterizedTest
  @MethodSource("types")
  void decodesAnyBytes(GgmlType type) {
    for (int blocks : BLOCKS) {
      for (int seed = 0; seed < SEEDS; seed++) {
        byte[] bytes = new byte[blocks * type.blockBytes()];
        new SplittableRandom(seed).nextBytes(bytes);
        requireEqual(type, bytes, seed);
      }
    }
  }

  /** Every pattern of sixteen bits in turn, everywhere in blocks: scales of every kind. */
  @ParameterizedTest
  @MethodSource("types")
  void decodesAnyScale(GgmlType type) {
    int shorts = 1 << Short.SIZE;
    int blocks = Short.BYTES * shorts / type.blockBytes();
    byte[] bytes = new byte[blocks * type.blockBytes()];
    for (int i = 0; i < bytes.length; i++) {
      int pattern = i / Short.BYTES * 0x9E37;
      bytes[i] = (byte) (pattern >> i % Short.BYTES * Byte.SIZE);
    }
    requireEqual(type, bytes, 0);
  }

  /** Blocks end where the array does: reading on would be an error. */
  private static void requireEqual(GgmlType type, byte[] blocks, int seed) {
    int offset = seed % 5;
    byte[] src = new byte[offset + blocks.length];
    System.arraycopy(blocks, 0, src, offset, blocks.length);
    int count = blocks.length / type.blockBytes() * type.blockLength();
    float[] expected = decode(new ScalarKernels(), type, src, offset, count);
    float[] actual = decode(new VectorKernels(), type, src, offset, count);
    for (int i = 0; i < expected.length; i++) {
      // Any NaN equals any NaN.
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        int differing = i;
        assertThat(actual[i])
            .as(() -> type + ", seed " + seed + ": float " + differing)
            .isEqualTo(expected[i]);
      }
    }
  }

  private static float[] decode(
      KernelProvider kernels, GgmlType type, byte[] src, int offset, int count) {
    float[] guarded = new float[count + 2];
    guarded[0] = 42;
    guarded[count + 1] = 43;
    int read = kernels.decoder(type).orElseThrow().decode(src, offset, count, guarded, 1);
    assertThat(read).as(type + ": bytes read").isEqualTo(src.length - offset);
    assertThat(guarded[0]).as(type + ": element before the output").isEqualTo(42);
    assertThat(guarded[count + 1]).as(type + ": element after the output").isEqualTo(43);
    return guarded;
  }
}
