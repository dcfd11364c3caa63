package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.block.LittleEndian;
import dev.sparkquant.kernels.peer.GgmlPeer;
import org.junit.jupiter.api.Test;

class HalfFloatTest {

  @Test
  void everyHalfBecomesTheFloatThatGgmlGives() {
    byte[] halves = ShortFloats.everyShort();
    float[] expected = GgmlPeer.dequantize(GgmlType.F16, halves, 1 << 16);
    for (int i = 0; i < expected.length; i++) {
      float actual = HalfFloat.toFloat(LittleEndian.getShort(halves, 2 * i));
      assertThat(Float.floatToRawIntBits(actual))
          .as("half 0x%04X", i)
          .isEqualTo(Float.floatToRawIntBits(expected[i]));
    }
  }

  @Test
  void everyHalfSurvivesTheWayToFloatAndBack() {
    for (int i = 0; i < 1 << 16; i++) {
      short half = (short) i;
      float value = HalfFloat.toFloat(half);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloat.fromFloat(value)).as("half 0x%04X", i).isEqualTo(half);
      }
    }
  }

  @Test
  void floatsRoundAsGgmlRoundsThem() {
    float[] floats = ShortFloats.floatsAround(i -> HalfFloat.toFloat((short) i));
    byte[] expected = GgmlPeer.quantize(GgmlType.F16, floats, 1, floats.length, null);
    for (int i = 0; i < floats.length; i++) {
      assertThat(HalfFloat.fromFloat(floats[i]))
          .as("half of float 0x%08X", Float.floatToRawIntBits(floats[i]))
          .isEqualTo(LittleEndian.getShort(expected, 2 * i));
    }
  }

  @Test
  void infinityAndNanAreNotFinite() {
    for (int i = 0; i < 1 << 16; i++) {
      short half = (short) i;
      assertThat(HalfFloat.isFinite(half)).isEqualTo(Float.isFinite(HalfFloat.toFloat(half)));
    }
  }
}
