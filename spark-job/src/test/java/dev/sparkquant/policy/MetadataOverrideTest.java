package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.MetadataValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataOverrideTest {

  @Test
  void readsEveryType() {
    assertThat(value("k=int:4096")).isEqualTo(MetadataValue.ofUint32(4096));
    assertThat(value("k=int:+7")).isEqualTo(MetadataValue.ofUint32(7));
    assertThat(value("k=int:4294967295")).isEqualTo(MetadataValue.ofUint32(0xFFFFFFFFL));
    assertThat(value("k=float:1e6")).isEqualTo(MetadataValue.ofFloat32(1e6f));
    assertThat(value("k=float:-.5")).isEqualTo(MetadataValue.ofFloat32(-0.5f));
    assertThat(value("k=float:0.1")).isEqualTo(MetadataValue.ofFloat32((float) 0.1));
    assertThat(value("k=bool:true")).isEqualTo(MetadataValue.ofBool(true));
    assertThat(value("k=bool:false")).isEqualTo(MetadataValue.ofBool(false));
    assertThat(value("k=str:a=b:c d")).isEqualTo(MetadataValue.ofString("a=b:c d"));
    assertThat(value("k=str:")).isEqualTo(MetadataValue.ofString(""));
  }

  @Test
  void recordsTheAbsoluteValueAndSaysSo() {
    MetadataOverride override = MetadataOverride.parse("general.file_type=int:-5");
    assertThat(override.key()).isEqualTo("general.file_type");
    assertThat(override.value()).isEqualTo(MetadataValue.ofUint32(5));
    assertThat(override.negative()).isTrue();
    assertThat(MetadataOverride.parse("k=int:5").negative()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k | it has to be KEY=TYPE:VALUE",
        "=int:3 | it has to be KEY=TYPE:VALUE",
        "k=int | it has to be KEY=TYPE:VALUE",
        "k=int:12abc | '12abc' is no whole number",
        "k=int:1.5 | '1.5' is no whole number",
        "k=int:4294967296 | a whole number has to fit 32 bits",
        "k=float:1.5f | '1.5f' is no number",
        "k=float:NaN | 'NaN' is no number",
        "k=bool:yes | a bool is true or false",
        "k=u32:3 | 'u32' is no type; use int, float, bool or str",
      })
  void saysWhatIsWrong(String argument, String reason) {
    assertThatThrownBy(() -> MetadataOverride.parse(argument))
        .isInstanceOf(PolicyException.class)
        .hasMessage("Cannot use --override-kv '" + argument + "': " + reason);
  }

  @Test
  void holdsKeysAndStringsToLlamaQuantizesRoom() {
    String longest = "é".repeat(63);
    assertThat(value("k=str:" + longest)).isEqualTo(MetadataValue.ofString(longest));
    assertThatThrownBy(() -> value("k=str:" + longest + "éé")).hasMessageContaining("127 bytes");
    assertThatThrownBy(() -> value("k".repeat(128) + "=int:1")).hasMessageContaining("127 bytes");
  }

  private static MetadataValue value(String argument) {
    return MetadataOverride.parse(argument).value();
  }
}
