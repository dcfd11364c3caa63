package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.peer.GgmlPeer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlockValidationTest {
  private static final int BLOCKS = 37;

  /** ggml takes numbers of F64 beyond the range of F32 for infinite. */
  static Stream<GgmlType> typesGgmlKnows() {
    return Stream.of(GgmlType.values())
        .filter(type -> type != GgmlType.F64 && GgmlPeer.knows(type));
  }

  /** Random blocks of which few, maybe none, are invalid: most bytes that could be are cleared. */
  private static byte[] randomBlocks(GgmlType type, SplittableRandom random) {
    byte[] blocks = new byte[BLOCKS * type.blockBytes()];
    random.nextBytes(blocks);
    int clearedBits = random.nextInt(256);
    for (int block = 0; block < BLOCKS; block++) {
      if (random.nextInt(20) != 0) {
        for (int i = 0; i < type.blockBytes(); i++) {
          blocks[block * type.blockBytes() + i] &= (byte) ~(clearedBits | 0x10);
        }
      }
    }
    return blocks;
  }

  @ParameterizedTest
  @MethodSource("typesGgmlKnows")
  void findsTheBlockThatGgmlRejects(GgmlType type) {
    for (int seed = 0; seed < 200; seed++) {
      byte[] blocks = randomBlocks(type, new SplittableRandom(seed));

      long found = BlockValidation.firstInvalidBlock(type, blocks, 0, blocks.length);

      int expected = -1;
      for (int block = 0; block < BLOCKS && expected < 0; block++) {
        int at = block * type.blockBytes();
        if (!GgmlPeer.isValid(type, Arrays.copyOfRange(blocks, at, at + type.blockBytes()))) {
          expected = block;
        }
      }
      assertThat(found).as("%s, seed %d", type, seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GgmlType.class,
      names = {"Q1_0", "Q2_0"})
  void findsAHalfFloatThatIsNotFinite(GgmlType type) {
    byte[] blocks = new byte[3 * type.blockBytes()];
    int scale = 2 * type.blockBytes();
    blocks[scale + 1] = 0x7C;

    assertThat(BlockValidation.firstInvalidBlock(type, blocks, 0, blocks.length)).isEqualTo(2);
  }

  @Test
  void findsTheNanOfE8m0AndAcceptsAllScalesOfNvfp4() {
    byte[] mxfp4 = new byte[34];
    mxfp4[17] = (byte) 0xFF;
    byte[] nvfp4 = new byte[72];
    Arrays.fill(nvfp4, (byte) 0x7F);

    assertThat(BlockValidation.firstInvalidBlock(GgmlType.MXFP4, mxfp4, 0, 34)).isEqualTo(1);
    assertThat(BlockValidation.firstInvalidBlock(GgmlType.NVFP4, nvfp4, 0, 72)).isEqualTo(-1);
  }

  /** The bits of the largest finite numbers, and of the infinite ones that follow them. */
  enum Extreme {
    F16(GgmlType.F16, 0xFBFF, 0xFC00),
    BF16(GgmlType.BF16, 0xFF7F, 0xFF80),
    F32(GgmlType.F32, 0xFF7F_FFFFL, 0xFF80_0000L),
    F64(GgmlType.F64, 0xFFEF_FFFF_FFFF_FFFFL, 0xFFF0_0000_0000_0000L);

    private final GgmlType type;
    private final long largest;
    private final long infinite;

    Extreme(GgmlType type, long largest, long infinite) {
      this.type = type;
      this.largest = largest;
      this.infinite = infinite;
    }

    private void put(long bits, byte[] data, int at) {
      for (int i = 0; i < type.blockBytes(); i++) {
        data[at + i] = (byte) (bits >> 8 * i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsEveryNumberWhereverItStands(Extreme extreme) {
    int width = extreme.type.blockBytes();
    int offset = 5;
    int numbers = 5000 / width + 3;
    byte[] data = new byte[offset + numbers * width + 4];
    Arrays.fill(data, (byte) 0xFF);
    for (int index = 0; index < numbers; index++) {
      extreme.put(extreme.largest, data, offset + index * width);
    }

    assertThat(firstInvalid(extreme, data, offset, numbers)).isEqualTo(-1);
    for (int index = numbers - 1; index >= 0; index--) {
      extreme.put(extreme.infinite, data, offset + index * width);

      assertThat(firstInvalid(extreme, data, offset, numbers)).isEqualTo(index);
    }
  }

  private static long firstInvalid(Extreme extreme, byte[] data, int offset, int numbers) {
    int length = numbers * extreme.type.blockBytes();
    return BlockValidation.firstInvalidBlock(extreme.type, data, offset, length);
  }
}
