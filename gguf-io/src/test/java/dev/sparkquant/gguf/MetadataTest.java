package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataTest {

  @Test
  void settingAKeyMovesItToTheEnd() {
    Metadata before =
        Metadata.empty()
            .with("a", MetadataValue.ofInt32(1))
            .with("b", MetadataValue.ofInt32(2))
            .with("c", MetadataValue.ofInt32(3));

    Metadata after = before.with("a", MetadataValue.ofFloat32(4)).without("b");

    assertThat(after.pairs().keySet()).containsExactly("c", "a");
    assertThat(after.get("a").orElseThrow().asDouble()).isEqualTo(4);
    assertThat(before.pairs().keySet()).containsExactly("a", "b", "c");
  }

  @Test
  void alignmentIsTheStatedOneOr32() {
    Metadata metadata = Metadata.empty();

    assertThat(metadata.alignment()).isEqualTo(32);
    assertThat(metadata.with("general.alignment", MetadataValue.ofUint32(8)).alignment())
        .isEqualTo(8);
    assertThatIllegalStateException()
        .isThrownBy(metadata.with("general.alignment", MetadataValue.ofUint32(24))::alignment)
        .withMessageContaining("general.alignment is 24, but must be a power of two");
    assertThatIllegalStateException()
        .isThrownBy(metadata.with("general.alignment", MetadataValue.ofUint16(32))::alignment)
        .withMessageContaining("has type UINT16, but must be UINT32");
  }

  @Test
  void valuesAreTheirTypesOnly() {
    assertThatIllegalStateException()
        .isThrownBy(MetadataValue.ofString("1")::asLong)
        .withMessage("Metadata value is STRING, not an integer");
    assertThatIllegalStateException().isThrownBy(MetadataValue.ofInt32(1)::asDouble);
    assertThatIllegalStateException().isThrownBy(MetadataValue.ofInt32(1)::asBool);
    assertThatIllegalStateException().isThrownBy(MetadataValue.ofInt32(1)::asString);
    assertThatIllegalStateException().isThrownBy(MetadataValue.ofInt32(1)::elements);
    assertThatIllegalStateException().isThrownBy(MetadataValue.ofInt32(1)::asStrings);
    assertThatIllegalStateException()
        .isThrownBy(MetadataValue.ofStrings(List.of("1"))::asLongs)
        .withMessage("Metadata value is ARRAY, not an array of integers");
  }

  @Test
  void valuesPrintAsPeopleReadThem() {
    assertThat(MetadataValue.ofUint16(65535)).hasToString("65535");
    assertThat(MetadataValue.ofUint32(0xFFFFFFFFL)).hasToString("4294967295");
    assertThat(MetadataValue.ofInt32(-1)).hasToString("-1");
    assertThat(MetadataValue.ofFloat32(0.1f)).hasToString("0.1");
    assertThat(MetadataValue.ofBool(true)).hasToString("true");
    assertThat(MetadataValue.ofString("ä")).hasToString("ä");
    assertThat(MetadataValue.ofStrings(List.of("a", "b"))).hasToString("STRING[2]");
  }

  @Test
  void valuesAreEqualByTypeAndBytes() {
    assertThat(MetadataValue.ofInt32(1))
        .isEqualTo(MetadataValue.ofInt32(1))
        .hasSameHashCodeAs(MetadataValue.ofInt32(1))
        .isNotEqualTo(MetadataValue.ofUint32(1))
        .isNotEqualTo(MetadataValue.ofInt32(2));
    assertThat(MetadataValue.ofFloat32(Float.NaN)).isEqualTo(MetadataValue.ofFloat32(Float.NaN));
  }
}
