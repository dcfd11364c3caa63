package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.block.MXFP4Block;
import dev.sparkquant.kernels.block.Q1_0Block;
import dev.sparkquant.kernels.block.Q2_0Block;
import dev.sparkquant.kernels.peer.GgmlPeer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockValidationTest {
  private static final int BLOCKS = 24;

  /** Infinite and NaN halves, bfloats, floats and doubles, or the upper parts of them. */
  private static final List<byte[]> DAMAGES =
      List.of(
          new byte[] {0x00, 0x7C},
          new byte[] {0x00, (byte) 0xFC},
          new byte[] {0x01, 0x7C},
          new byte[] {(byte) 0xFF, 0x7B},
          new byte[] {(byte) 0x80, 0x7F},
          new byte[] {(byte) 0xF0, 0x7F},
          new byte[] {-1, -1, -1, -1});

  static Stream<GgmlType> typesOfThePeer() {
    return Arrays.stream(GgmlType.values()).filter(GgmlPeer::knows);
  }

  static Stream<GgmlType> typesWithInvalidBlocks() {
    EnumSet<GgmlType> integers = EnumSet.of(GgmlType.I8, GgmlType.I16, GgmlType.I32, GgmlType.I64);
    return typesOfThePeer().filter(type -> !integers.contains(type));
  }

  /** Damages a valid block everywhere in turn, so that every field that ggml looks at is met. */
  @ParameterizedTest
  @MethodSource("typesWithInvalidBlocks")
  void refusesDamageWhereverGgmlDoes(GgmlType type) {
    byte[] intact = finiteBlocks(type);
    assertThat(BlockValidation.firstInvalidBlock(type, intact, 0, intact.length)).isEqualTo(-1);
    int refused = 0;
    for (byte[] damage : DAMAGES) {
      for (int at = 0; at + damage.length <= intact.length; at++) {
        byte[] block = intact.clone();
        System.arraycopy(damage, 0, block, at, damage.length);
        boolean valid = GgmlPeer.isValid(type, block);
        assertThat(BlockValidation.firstInvalidBlock(type, block, 0, block.length))
            .as("%s with %s at byte %d", type, Arrays.toString(damage), at)
            .isEqualTo(valid ? -1 : 0);
        refused += valid ? 0 : 1;
      }
    }
    assertThat(refused).as("%s: cases that ggml refuses", type).isPositive();
  }

  @ParameterizedTest
  @MethodSource("typesOfThePeer")
  void judgesRandomBytesAsGgml(GgmlType type) {
    int size = type.blockBytes();
    for (int seed = 0; seed < 40; seed++) {
      byte[] blocks = new byte[BLOCKS * size];
      new SplittableRandom(seed).nextBytes(blocks);
      int expected = firstRefused(type, blocks);
      assertThat(BlockValidation.firstInvalidBlock(type, blocks, 0, blocks.length))
          .as("%s, seed %d", type, seed)
          .isEqualTo(expected);
      assertThat(GgmlPeer.isValid(type, blocks)).isEqualTo(expected == -1);
    }
  }

  @Test
  void refusesTheNanExponentOfMxfp4() {
    byte[] blocks = new byte[3 * MXFP4Block.BYTES];
    blocks[MXFP4Block.E] = (byte) 0xFE;
    assertThat(BlockValidation.firstInvalidBlock(GgmlType.MXFP4, blocks, 0, blocks.length))
        .isEqualTo(-1);
    blocks[2 * MXFP4Block.BYTES + MXFP4Block.E] = (byte) 0xFF;
    assertThat(BlockValidation.firstInvalidBlock(GgmlType.MXFP4, blocks, 0, blocks.length))
        .isEqualTo(2);
  }

  @Test
  void refusesNoBlockOfNvfp4() {
    byte[] blocks = new byte[4 * GgmlType.NVFP4.blockBytes()];
    Arrays.fill(blocks, (byte) 0xFF);
    assertThat(BlockValidation.firstInvalidBlock(GgmlType.NVFP4, blocks, 0, blocks.length))
        .isEqualTo(-1);
  }

  @Test
  void refusesScalesOfLowBitTypes() {
    assertThat(firstInvalidWithInfinityAt(GgmlType.Q1_0, Q1_0Block.D)).isEqualTo(1);
    assertThat(firstInvalidWithInfinityAt(GgmlType.Q2_0, Q2_0Block.D)).isEqualTo(1);
  }

  @Test
  void countsBlocksFromTheOffset() {
    byte[] blocks = new byte[5 + 3 * 2];
    blocks[5 + 2 * 2 + 1] = 0x7C;
    assertThat(BlockValidation.firstInvalidBlock(GgmlType.F16, blocks, 5, 6)).isEqualTo(2);
    assertThat(BlockValidation.firstInvalidBlock(GgmlType.F16, blocks, 5, 4)).isEqualTo(-1);
  }

  @Test
  void refusesPartsOfBlocks() {
    assertThatThrownBy(() -> BlockValidation.firstInvalidBlock(GgmlType.Q4_0, new byte[20], 0, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot check 20 bytes of Q4_0: blocks take 18");
  }

  /** A random block without any number that is infinite or NaN: those need bit 6 of some byte. */
  private static byte[] finiteBlocks(GgmlType type) {
    byte[] blocks = new byte[type.blockBytes()];
    new SplittableRandom(6).nextBytes(blocks);
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] &= ~0x40;
    }
    return blocks;
  }

  private static long firstInvalidWithInfinityAt(GgmlType type, int field) {
    byte[] blocks = new byte[3 * type.blockBytes()];
    blocks[type.blockBytes() + field + 1] = 0x7C;
    return BlockValidation.firstInvalidBlock(type, blocks, 0, blocks.length);
  }

  private static int firstRefused(GgmlType type, byte[] blocks) {
    int size = type.blockBytes();
    for (int i = 0; i < blocks.length / size; i++) {
      if (!GgmlPeer.isValid(type, Arrays.copyOfRange(blocks, i * size, (i + 1) * size))) {
        return i;
      }
    }
    return -1;
  }
}
