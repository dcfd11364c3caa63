package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.policy.FileType;
import dev.sparkquant.policy.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPatternTest {
  @ParameterizedTest
  @CsvSource({
    "/models/Mistral-24B-BF16.gguf, Mistral-24B",
    "tiny.f16.gguf, tiny",
    "a/b-Q8_0.gguf, b",
    "s3a://bucket/big-bf16-00001-of-00003.gguf, big",
    "llama-7.gguf, llama-7",
    "BF16.gguf, BF16",
    "model, model"
  })
  void modelsGoByTheirNameWithoutType(String input, String name) {
    assertThat(OutputPattern.modelName(input)).isEqualTo(name);
  }

  @Test
  void placeholdersAreFilledIn() throws Exception {
    OutputPattern pattern = new OutputPattern("out", "{model}.i1-{scheme}.{model}", "m-f32.gguf");
    assertThat(pattern.path(Scheme.of(FileType.Q6_K))).isEqualTo("out/m.i1-Q6_K.m");
  }
}
