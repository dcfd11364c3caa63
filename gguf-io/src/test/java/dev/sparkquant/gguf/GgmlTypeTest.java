package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgmlTypeTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByNumberAndName(GgmlType type) {
    assertThat(GgmlType.fromId(type.id())).contains(type);
    assertThat(GgmlType.fromName(type.name())).contains(type);
    assertThat(GgmlType.fromName(type.name().toLowerCase(Locale.ROOT))).contains(type);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, 5, 9, 15, 31, 33, 36, 38, 43, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void removedAndUnknownNumbersAreNoType(int id) {
    assertThat(GgmlType.fromId(id)).isEmpty();
  }

  @Test
  void sizesAreThoseOfWholeBlocks() {
    assertThat(GgmlType.Q4_K.bytes(512)).isEqualTo(288);
    assertThat(GgmlType.BF16.bytes(3)).isEqualTo(6);
    assertThat(GgmlType.Q6_K.bytes(1L << 40)).isEqualTo((1L << 32) * 210);
    assertThat(GgmlType.Q4_K.bitsPerWeight()).isEqualTo(4.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GgmlType.Q8_0.bytes(33))
        .withMessage("Cannot store 33 elements as Q8_0: blocks hold 32");
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> GgmlType.F64.bytes(1L << 60));
  }

  @Test
  void plainNumbersAreNotQuantized() {
    assertThat(GgmlType.F16.isQuantized()).isFalse();
    assertThat(GgmlType.Q1_0.isQuantized()).isTrue();
  }
}
