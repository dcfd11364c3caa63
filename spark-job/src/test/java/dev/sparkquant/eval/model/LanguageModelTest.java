package dev.sparkquant.eval.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.kernels.linalg.RopeScaling;
import dev.sparkquant.kernels.linalg.RopeStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelTest {
  @TempDir Path folder;
  private int files;

  private Path newFile() {
    return folder.resolve("m" + files++ + ".gguf");
  }

  private HyperParameters parameters(TinyModel model) throws IOException {
    try (LanguageModel opened = model.open(newFile())) {
      return opened.parameters();
    }
  }

  private void assertRefused(TinyModel model, String reason) {
    Path file = newFile();
    assertThatThrownBy(() -> model.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessage("Cannot evaluate " + file + ": " + reason);
  }

  @Test
  void sizesComeFromTheMetadata() throws IOException {
    HyperParameters parameters = parameters(TinyModel.qwen3Moe(1));

    assertThat(parameters.layers()).isEqualTo(2);
    assertThat(parameters.queryLength()).isEqualTo(4 * 24);
    assertThat(parameters.keysLength()).isEqualTo(2 * 24);
    assertThat(parameters.valuesLength()).isEqualTo(2 * 24);
    assertThat(parameters.attentionLength()).isEqualTo(4 * 24);
    assertThat(parameters.feedForward()).isEqualTo(32);
    assertThat(parameters.experts()).isEqualTo(Optional.of(new HyperParameters.Experts(8, 3)));
    assertThat(parameters.ropeStyle()).isEqualTo(RopeStyle.NEOX);
  }

  @Test
  void sizesThatAreNotStatedFollowFromOthers() throws IOException {
    TinyModel model = TinyModel.llama(1).size("attention.head_count_kv", 0);
    for (String name : List.of("attn_q", "attn_k", "attn_v")) {
      for (int layer = 0; layer < TinyModel.LAYERS; layer++) {
        String tensor = "blk." + layer + "." + name + ".weight";
        model.without(tensor).tensor(tensor, new float[64 * 64], 64, 64);
      }
    }
    for (int layer = 0; layer < TinyModel.LAYERS; layer++) {
      String tensor = "blk." + layer + ".attn_output.weight";
      model.without(tensor).tensor(tensor, new float[64 * 64], 64, 64);
    }
    model.size("attention.key_length", 0).size("attention.value_length", 0);
    model.size("rope.dimension_count", 0);

    HyperParameters parameters = parameters(model);

    assertThat(parameters.keyValueHeads()).isEqualTo(4);
    assertThat(parameters.keyLength()).isEqualTo(16);
    assertThat(parameters.valueLength()).isEqualTo(16);
    assertThat(parameters.ropeDimensions()).isEqualTo(16);
    assertThat(parameters.ropeScaling()).isEqualTo(RopeScaling.none(10000));
  }

  @Test
  void anyIntegerTypeStatesSizes() throws IOException {
    assertThat(
            parameters(
                    TinyModel.llama(1).with("llama.feed_forward_length", MetadataValue.ofInt32(96)))
                .feedForward())
        .isEqualTo(96);
  }

  @Test
  void ropeScalingComesFromTheMetadata() throws IOException {
    assertThat(parameters(TinyModel.llamaWithScaling(1, "linear", 4)).ropeScaling())
        .isEqualTo(RopeScaling.linear(10000, 4));
    assertThat(parameters(TinyModel.llamaWithScaling(1, "yarn", 4)).ropeScaling())
        .isEqualTo(RopeScaling.yarn(10000, 4, 32, 0));
    assertThat(parameters(TinyModel.llamaWithScaling(1, "none", 4)).ropeScaling())
        .isEqualTo(RopeScaling.none(10000));
    assertThat(parameters(TinyModel.llama(1).number("rope.scale_linear", 2)).ropeScaling())
        .isEqualTo(RopeScaling.linear(10000, 2));
    assertThat(
            parameters(TinyModel.llama(1).number("rope.scaling.attn_factor", 2))
                .ropeScaling()
                .attention())
        .isEqualTo(2);
  }

  @Test
  void anotherArchitectureIsNamed() {
    assertRefused(
        TinyModel.llama(1).with("general.architecture", MetadataValue.ofString("gemma3")),
        "its architecture is 'gemma3', but only llama, qwen2, qwen3, qwen3moe can be evaluated");
  }

  @Test
  void anotherRopeScalingIsNamed() {
    assertRefused(
        TinyModel.llamaWithScaling(1, "longrope", 4),
        "its rope scaling is 'longrope', but only linear, yarn and none can be evaluated");
  }

  @Test
  void missingTensorsAndKeysAreNamed() {
    assertRefused(
        TinyModel.llama(1).without("blk.1.ffn_up.weight"), "tensor blk.1.ffn_up.weight is missing");
    assertRefused(
        TinyModel.llama(1).size("block_count", 0),
        "metadata key llama.block_count is 0, out of range");
    assertRefused(
        TinyModel.llama(1).with("llama.block_count", MetadataValue.ofString("2")),
        "metadata key llama.block_count has type STRING, but must be an integer");
  }

  @Test
  void tensorsOfAnotherShapeAreNamed() {
    assertRefused(
        TinyModel.llama(1).size("attention.head_count", 8),
        "tensor blk.0.attn_q.weight has shape [64, 96], but must have [64, 192]");
  }

  @Test
  void tensorsWithoutUseAreNamed() {
    assertRefused(
        TinyModel.qwen2(1).tensor("blk.0.attn_q_norm.weight", new float[24], 24),
        "architecture qwen2 has no use for tensor blk.0.attn_q_norm.weight");
  }

  @Test
  void impossibleSizesAreNamed() {
    assertRefused(
        TinyModel.llama(1).size("attention.head_count_kv", 3),
        "its 4 query heads cannot share 3 key-value heads");
    assertRefused(
        TinyModel.llama(1).size("rope.dimension_count", 32),
        "rotary embedding of 32 elements does not fit heads of 24");
    assertRefused(
        TinyModel.mixtral(1).size("expert_used_count", 5), "a token takes 5 of 4 experts");
    assertRefused(
        TinyModel.llama(1).size("attention.key_length", 0).size("embedding_length", 2),
        "4 heads of 0 and 24 elements and networks of 96 are out of range");
  }
}
