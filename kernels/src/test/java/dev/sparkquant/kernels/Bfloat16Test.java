package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.peer.GgmlPeer;
import org.junit.jupiter.api.Test;

class Bfloat16Test {

  @Test
  void everyBfloatBecomesTheFloatThatGgmlGives() {
    byte[] bfloats = ShortFloats.everyShort();
    float[] expected = GgmlPeer.dequantize(GgmlType.BF16, bfloats, 1 << 16);
    for (int i = 0; i < expected.length; i++) {
      float actual = Bfloat16.toFloat(LittleEndian.getShort(bfloats, 2 * i));
      assertThat(Float.floatToRawIntBits(actual))
          .as("bfloat16 0x%04X", i)
          .isEqualTo(Float.floatToRawIntBits(expected[i]));
    }
  }

  @Test
  void floatsRoundAsGgmlRoundsThem() {
    float[] floats = ShortFloats.floatsAround(i -> Bfloat16.toFloat((short) i));
    byte[] expected = GgmlPeer.quantize(GgmlType.BF16, floats, 1, floats.length, null);
    for (int i = 0; i < floats.length; i++) {
      assertThat(Bfloat16.fromFloat(floats[i]))
          .as("bfloat16 of float 0x%08X", Float.floatToRawIntBits(floats[i]))
          .isEqualTo(LittleEndian.getShort(expected, 2 * i));
    }
  }

  @Test
  void infinityAndNanAreNotFinite() {
    for (int i = 0; i < 1 << 16; i++) {
      short bfloat = (short) i;
      assertThat(Bfloat16.isFinite(bfloat)).isEqualTo(Float.isFinite(Bfloat16.toFloat(bfloat)));
    }
  }
}
