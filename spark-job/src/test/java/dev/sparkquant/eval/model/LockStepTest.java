package dev.sparkquant.eval.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockStepTest {
  private static final int LENGTH = 41;
  private static final int FIRST = 20;
  private static final int POSITIONS = 20;

  @TempDir Path folder;
  private final List<LanguageModel> models = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (LanguageModel model : models) {
      model.close();
    }
  }

  private LanguageModel open(TinyModel model) throws IOException {
    models.add(model.open(folder.resolve(models.size() + ".gguf")));
    return models.get(models.size() - 1);
  }

  private static int[] sequence(long seed) {
    return new Random(seed).ints(LENGTH, 0, TinyModel.VOCABULARY).toArray();
  }

  /** For each model, the logits of all positions, one after the other. */
  private static List<float[]> logits(
      int threads, int block, List<LanguageModel> models, int[]... sequences) throws IOException {
    try (Workers workers = new Workers(threads)) {
      Predictions predictions =
          new LockStep(models, workers).run(List.of(sequences), FIRST, POSITIONS);
      assertThat(predictions.positions()).isEqualTo(sequences.length * POSITIONS);
      List<float[]> results = new ArrayList<>();
      for (int model = 0; model < models.size(); model++) {
        float[] all = new float[predictions.positions() * TinyModel.VOCABULARY];
        for (int first = 0; first < predictions.positions(); first += block) {
          int count = Math.min(block, predictions.positions() - first);
          TokenTiles tiles = predictions.logits(first, count).get(predictions.of(model));
          for (int tile = 0; tile < tiles.tiles(); tile++) {
            int position = first + tile * TokenTiles.LANES;
            tiles.copyRows(tile, all, position * TinyModel.VOCABULARY);
          }
        }
        results.add(all);
      }
      return results;
    }
  }

  private static float[] alone(LanguageModel model, int[]... sequences) throws IOException {
    return logits(1, 64, List.of(model), sequences).get(0);
  }

  @Test
  void threadsAndBlocksDoNotMatter() throws IOException {
    LanguageModel model = open(TinyModel.llama(1));
    float[] one = alone(model, sequence(1), sequence(2));

    assertThat(logits(2, 32, List.of(model), sequence(1), sequence(2)).get(0)).isEqualTo(one);
    assertThat(logits(5, 96, List.of(model), sequence(1), sequence(2)).get(0)).isEqualTo(one);
  }

  @Test
  void sequencesDoNotMatterToEachOther() throws IOException {
    for (TinyModel kind : List.of(TinyModel.qwen3(1), TinyModel.qwen3Moe(2))) {
      LanguageModel model = open(kind);
      float[] both = alone(model, sequence(1), sequence(2));

      assertThat(Arrays.copyOf(both, both.length / 2)).isEqualTo(alone(model, sequence(1)));
      assertThat(Arrays.copyOfRange(both, both.length / 2, both.length))
          .isEqualTo(alone(model, sequence(2)));
    }
  }

  @Test
  void laterTokensDoNotMatterToEarlierOnes() throws IOException {
    LanguageModel model = open(TinyModel.llama(1));
    int[] changed = sequence(1);
    changed[30] = (changed[30] + 1) % TinyModel.VOCABULARY;
    float[] before = alone(model, sequence(1));
    float[] after = alone(model, changed);
    int same = (30 - FIRST) * TinyModel.VOCABULARY;

    assertThat(Arrays.copyOf(after, same)).isEqualTo(Arrays.copyOf(before, same));
    assertThat(Arrays.copyOfRange(after, same, after.length))
        .isNotEqualTo(Arrays.copyOfRange(before, same, before.length));
  }

  @Test
  void modelsDoNotMatterToEachOther() throws IOException {
    List<LanguageModel> together =
        List.of(
            open(TinyModel.qwen2(1)),
            open(TinyModel.qwen2(1).disturb("blk.1.ffn_up.weight", 0.1f)),
            open(TinyModel.qwen2(2)),
            open(TinyModel.qwen2(1).disturb("blk.0.attn_v.bias", 0.1f)),
            open(TinyModel.qwen2(1)),
            open(TinyModel.qwen2(1).disturb("output_norm.weight", 0.1f)),
            open(TinyModel.qwen2(1).without("blk.1.attn_k.bias")));
    List<float[]> logits = logits(2, 64, together, sequence(1), sequence(2));

    for (int i = 0; i < together.size(); i++) {
      assertThat(logits.get(i))
          .as("model %d", i)
          .isEqualTo(alone(together.get(i), sequence(1), sequence(2)));
    }
    assertThat(logits.get(4)).isEqualTo(logits.get(0));
    assertThat(logits.stream().map(Arrays::hashCode).distinct()).hasSize(together.size() - 1);
  }

  @Test
  void expertsOfSeveralModelsGoTogether() throws IOException {
    List<LanguageModel> together =
        List.of(
            open(TinyModel.mixtral(1)),
            open(TinyModel.mixtral(1).disturb("blk.0.ffn_gate_inp.weight", 0.5f)),
            open(TinyModel.mixtral(1).disturb("blk.0.ffn_down_exps.weight", 0.1f)));
    List<float[]> logits = logits(2, 64, together, sequence(3));

    for (int i = 0; i < together.size(); i++) {
      assertThat(logits.get(i)).as("model %d", i).isEqualTo(alone(together.get(i), sequence(3)));
    }
    assertThat(logits.stream().map(Arrays::hashCode).distinct()).hasSize(3);
  }

  @Test
  void equalModelsShareTheirPredictions() throws IOException {
    List<LanguageModel> together =
        List.of(
            open(TinyModel.llama(1)),
            open(TinyModel.llama(1).disturb("output.weight", 0.1f)),
            open(TinyModel.llama(1)));
    try (Workers workers = new Workers(1)) {
      Predictions predictions =
          new LockStep(together, workers).run(List.of(sequence(1)), FIRST, POSITIONS);

      assertThat(predictions.logits(0, 1)).hasSize(2);
      assertThat(predictions.of(2)).isEqualTo(predictions.of(0));
      assertThat(predictions.of(1)).isNotEqualTo(predictions.of(0));
    }
  }

  private LanguageModel open(TinyModel model, ReadListener listener) throws IOException {
    Path file = model.write(folder.resolve(models.size() + ".gguf"));
    InputOpener opener = name -> new WatchedInput(LocalFileInput.open(Path.of(name)), listener);
    models.add(LanguageModel.open(GgufModel.open(file), opener));
    return models.get(models.size() - 1);
  }

  @Test
  void everyRowOfAWeightIsReadOnce() throws IOException {
    AtomicLong bytes = new AtomicLong();
    LanguageModel model = open(TinyModel.llama(1), bytes::addAndGet);
    alone(model, sequence(1));
    long distinct = Arrays.stream(sequence(1)).distinct().count();
    long unread = (TinyModel.VOCABULARY - distinct) * TinyModel.EMBEDDING * Float.BYTES;

    assertThat(bytes.get())
        .isEqualTo(
            model.tensors().stream().mapToLong(tensor -> tensor.info().bytes()).sum() - unread);
  }

  @Test
  void failuresToReadComeOutAsTheyAre() throws IOException {
    AtomicLong reads = new AtomicLong();
    LanguageModel model =
        open(
            TinyModel.llama(1),
            length -> {
              if (reads.incrementAndGet() > 60) {
                throw new EOFException("file ends");
              }
            });

    assertThatThrownBy(() -> logits(2, 64, List.of(model), sequence(1)))
        .isInstanceOf(EOFException.class)
        .hasMessage("file ends");
  }

  @Test
  void modelsOfOtherSizesAreRefused() throws IOException {
    LanguageModel llama = open(TinyModel.llama(1));
    LanguageModel other = open(TinyModel.llama(1).number("attention.layer_norm_rms_epsilon", 1));
    try (Workers workers = new Workers(1)) {
      assertThatThrownBy(() -> new LockStep(List.of(llama, other), workers))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "Cannot evaluate %s: its sizes are not those of %s, which it goes with",
              other.name(), llama.name());
    }
  }

  @Test
  void tokensOutsideTheVocabularyAreRefused() throws IOException {
    LanguageModel llama = open(TinyModel.llama(1));
    int[] tokens = sequence(1);
    tokens[7] = TinyModel.VOCABULARY;

    assertThatThrownBy(() -> alone(llama, tokens))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("token 96 is not in its vocabulary of 96");
  }

  @Test
  void memoryGrowsWithTokensAndModels() throws IOException {
    LanguageModel model = open(TinyModel.llama(1));
    try (Workers workers = new Workers(1)) {
      LockStep one = new LockStep(List.of(model), workers);
      LockStep three = new LockStep(List.of(model, model, model), workers);
      // Per token: 64 features twice and the widest inside of a layer; half of them go on.
      long perToken = 4 * 2 * (2 * 64 + 288) + 4 * (64 + 96);
      long once = 4 * 2 * 64;

      assertThat(one.bytes(4, 64, 32) - one.bytes(2, 64, 32)).isEqualTo(2 * 32 * (perToken + once));
      assertThat(three.bytes(4, 64, 32) - three.bytes(2, 64, 32))
          .isEqualTo(2 * 32 * (3 * perToken + once));
      assertThat(one.bytes(1 << 20, 64, 32)).isEqualTo(Long.MAX_VALUE);
    }
  }
}
