package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowDecoder;
import org.junit.jupiter.api.Test;

class EncodedRowsTest {

  /** Stands for Q8_0: 34 bytes a block of 32, decoded to the block's first byte. */
  private static final RowDecoder FIRST_BYTE =
      (src, srcOffset, count, dst, dstOffset) -> {
        for (int i = 0; i < count; i++) {
          dst[dstOffset + i] = src[srcOffset + i / 32 * 34];
        }
        return count / 32 * 34;
      };

  @Test
  void decodesARectangle() {
    byte[] bytes = new byte[5 + 3 * 10 * 34];
    for (int block = 0; block < 30; block++) {
      bytes[5 + block * 34] = (byte) block;
    }
    RowSource rows = new EncodedRows(bytes, 5, GgmlType.Q8_0, FIRST_BYTE, 3, 320);
    float[] dst = new float[100 + 64];
    rows.decode(1, 2, 256, 64, dst, 100);
    assertThat(dst[0]).isEqualTo(18f);
    assertThat(dst[32]).isEqualTo(19f);
    assertThat(dst[64]).isEqualTo(0f);
    assertThat(dst[100]).isEqualTo(28f);
    assertThat(dst[163]).isEqualTo(29f);
  }

  @Test
  void refusesAnArrayThatIsTooShort() {
    assertThatThrownBy(() -> new EncodedRows(new byte[101], 0, GgmlType.Q8_0, FIRST_BYTE, 3, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read 3 rows of 32 Q8_0 at 0 of 101 bytes: they take 102");
  }

  @Test
  void refusesRowsThatAreNotWholeBlocks() {
    assertThatThrownBy(() -> new EncodedRows(new byte[999], 0, GgmlType.Q8_0, FIRST_BYTE, 3, 33))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
