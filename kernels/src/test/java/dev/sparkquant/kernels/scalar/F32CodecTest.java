package dev.sparkquant.kernels.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.peer.RowCases;
import org.junit.jupiter.api.Test;

/** ggml has no conversion of F32 to compare with: the bytes are the floats. */
class F32CodecTest {

  @Test
  void decodesTheBitsOfEveryFloat() {
    float[] row = RowCases.ANY_FINITE_BITS.row(1000, 1);
    byte[] bytes = new byte[3 + row.length * Float.BYTES];
    for (int i = 0; i < row.length; i++) {
      LittleEndian.putInt(bytes, 3 + i * Float.BYTES, Float.floatToRawIntBits(row[i]));
    }
    float[] decoded = new float[row.length + 1];

    int read = new F32Decoder().decode(bytes, 3, row.length, decoded, 1);

    assertThat(read).isEqualTo(row.length * Float.BYTES);
    for (int i = 0; i < row.length; i++) {
      assertThat(Float.floatToRawIntBits(decoded[i + 1]))
          .isEqualTo(Float.floatToRawIntBits(row[i]));
    }
  }
}
