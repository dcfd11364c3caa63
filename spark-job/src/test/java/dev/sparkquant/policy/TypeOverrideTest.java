package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeOverrideTest {

  @Test
  void readsPatternAndTypeInAnyCase() {
    TypeOverride override = TypeOverride.parse("BLK\\.[13]\\.ATTN=q4_k");
    assertThat(override.pattern()).hasToString("blk\\.[13]\\.attn");
    assertThat(override.type()).isEqualTo(GgmlType.Q4_K);
    assertThat(override.loweredEscape()).isFalse();
  }

  @Test
  void noticesEscapesWhoseMeaningLowerCasingChanges() {
    assertThat(TypeOverride.parse("blk\\.\\D=q4_k").loweredEscape()).isTrue();
    assertThat(TypeOverride.parse("blk\\\\D=q4_k").loweredEscape()).isFalse();
  }

  @Test
  void readsFilesWithSpacesAndLines() {
    String text = "attn_v=q8_0  ffn_up=q4_k\r\n\n\tffn_down=bf16 \n";
    assertThat(TypeOverride.parseFile("types.txt", text))
        .extracting(override -> override.pattern() + " " + override.type())
        .containsExactly("attn_v Q8_0", "ffn_up Q4_K", "ffn_down BF16");
    assertThatThrownBy(() -> TypeOverride.parseFile("types.txt", "a=q8_0\n\nb=q8_0 c\n"))
        .isInstanceOf(PolicyException.class)
        .hasMessage("types.txt:3: Cannot use --tensor-type 'c': it has to be PATTERN=TYPE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attn_v | it has to be PATTERN=TYPE",
        "=q8_0 | it has to be PATTERN=TYPE",
        "attn_v= | it has to be PATTERN=TYPE",
        "attn_v=q9_0 | there is no type 'q9_0'; did you mean Q1_0 or Q2_0 or Q4_0; the types are"
            + " F32",
        "attn_v=IQ2_XS | IQ2_XS can be read but not written; the types are F32",
        "attn_v=I32 | I32 can be read but not written",
      })
  void saysWhatIsWrong(String argument, String reason) {
    assertThatThrownBy(() -> TypeOverride.parse(argument))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("Cannot use --tensor-type '" + argument + "': " + reason);
  }
}
