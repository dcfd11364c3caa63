package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ByteSwapTest {

  static Stream<GgmlType> definedTypes() {
    return Stream.of(GgmlType.values()).filter(ByteSwap::isDefined);
  }

  @Test
  void turnsPlainNumbersRound() {
    ByteBuffer big = ByteBuffer.allocate(12).order(ByteOrder.BIG_ENDIAN);
    big.putFloat(1.5f).putFloat(-3e-20f).putFloat(0);

    ByteSwap.toLittleEndian(GgmlType.F32, big.array(), 0, 12);

    ByteBuffer little = ByteBuffer.wrap(big.array()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(little.getFloat()).isEqualTo(1.5f);
    assertThat(little.getFloat()).isEqualTo(-3e-20f);
    assertThat(little.getFloat()).isZero();
  }

  @Test
  void turnsScalesOfBlocksRoundAndLeavesQuantsAlone() {
    byte[] blocks = new byte[2 * 144];
    blocks[144] = 0x3C;
    blocks[145] = 0x01;
    blocks[146] = 0x40;
    blocks[147] = 0x02;
    blocks[148] = 7;
    blocks[149] = 8;

    ByteSwap.toLittleEndian(GgmlType.Q4_K, blocks, 0, blocks.length);

    assertThat(new byte[] {blocks[144], blocks[145], blocks[146], blocks[147]})
        .containsExactly(0x01, 0x3C, 0x02, 0x40);
    assertThat(blocks[148]).isEqualTo((byte) 7);
    assertThat(blocks[149]).isEqualTo((byte) 8);
  }

  @ParameterizedTest
  @MethodSource("definedTypes")
  void twiceIsNothing(GgmlType type) {
    byte[] data = new byte[3 * type.blockBytes() + 2];
    new SplittableRandom(type.id()).nextBytes(data);
    byte[] swapped = data.clone();

    ByteSwap.toLittleEndian(type, swapped, 1, 3 * type.blockBytes());
    ByteSwap.toLittleEndian(type, swapped, 1, 3 * type.blockBytes());

    assertThat(swapped).isEqualTo(data);
  }

  @Test
  void refusesTypesWhoseOrderNobodyDefined() {
    assertThatThrownBy(() -> ByteSwap.toLittleEndian(GgmlType.IQ1_M, new byte[56], 0, 56))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IQ1_M");
  }
}
