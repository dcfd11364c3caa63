package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardNameTest {

  @Test
  void parsesAndFormats() {
    ShardName name = ShardName.parse("/models/a-b-00002-of-00004.gguf").orElseThrow();

    assertThat(name).isEqualTo(new ShardName("/models/a-b", 1, 4));
    assertThat(name.format()).isEqualTo("/models/a-b-00002-of-00004.gguf");
    assertThat(name.sibling(3).format()).isEqualTo("/models/a-b-00004-of-00004.gguf");
  }

  @Test
  void numbersGrowBeyondFiveDigits() {
    String name = "m-123456-of-200000.gguf";

    assertThat(ShardName.parse(name)).contains(new ShardName("m", 123455, 200000));
    assertThat(new ShardName("m", 123455, 200000).format()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m.gguf",
        "m-1-of-3.gguf",
        "m-00001-of-00003.bin",
        "m-00001-of-00003.gguf.part",
        "-00001-of-00003.gguf",
        "m-00000-of-00003.gguf",
        "m-00004-of-00003.gguf",
        "m-000001-of-00003.gguf",
        "m-99999999999-of-99999999999.gguf"
      })
  void otherNamesAreNoShards(String name) {
    assertThat(ShardName.parse(name)).isEmpty();
  }

  @Test
  void indexMustBeBelowCount() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShardName("m", 3, 3))
        .withMessage("Cannot name shard 3 of 3 after 'm'");
  }
}
