package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodedRowsTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 1024;

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16", "Q8_0", "Q4_K", "IQ4_XS"})
  void decodeARectangle(GgmlType type) {
    int offset = 5;
    byte[] bytes = new byte[offset + ROWS * (int) type.bytes(COLUMNS)];
    float[] values = Samples.gaussian(1, ROWS * COLUMNS);
    Kernels.encoder(type).encode(values, 0, ROWS, COLUMNS, null, 0, bytes, offset);
    float[] whole = new float[ROWS * COLUMNS];
    Kernels.decoder(type).decode(bytes, offset, ROWS * COLUMNS, whole, 0);

    float[] dst = new float[2 * 600];
    new EncodedRows(bytes, offset, type, ROWS, COLUMNS).decode(1, 2, 256, 512, dst, 600);
    for (int r = 0; r < 2; r++) {
      int first = (1 + r) * COLUMNS + 256;
      assertThat(Arrays.copyOfRange(dst, r * 600, r * 600 + 512))
          .isEqualTo(Arrays.copyOfRange(whole, first, first + 512));
    }
    assertThat(Arrays.copyOfRange(dst, 512, 600)).containsOnly(0f);
  }

  @Test
  void refusesAnArrayThatIsTooShort() {
    assertThatThrownBy(() -> new EncodedRows(new byte[101], 0, GgmlType.Q8_0, 3, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read 3 rows of 32 Q8_0 at 0 of 101 bytes: they take 102");
  }

  @Test
  void refusesRowsThatAreNotWholeBlocks() {
    assertThatThrownBy(() -> new EncodedRows(new byte[999], 0, GgmlType.Q8_0, 3, 33))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
