package dev.sparkquant.eval.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.eval.model.LanguageModel;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.linalg.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a model of 24 billion weights takes with a context of 2048 tokens: 40 layers of 5120, 10,240
 * features of queries, keys, values and heads, 2 x 32,768 inside the feed-forward network, a
 * vocabulary of 131,072. A model and chunk take {@code 4 x 2048 x (2 x 5120 + 65,536)} bytes of
 * states and of room to compute in, 592 MB, and 38 MB for the final states of 1,023 + 32 tokens;
 * logits take at most 512 MB for all models together, the rest some tens of MB.
 */
class LargeModelMemoryTest {
  private static final int CONTEXT = 2048;
  private static final long MEGABYTE = 1L << 20;

  /** What a task may use of 8 GiB: 80 %. */
  private static final long AVAILABLE = 8 * 1024 * MEGABYTE / 100 * 80;

  private static DivergenceEvaluator evaluator(int models, Workers workers) throws IOException {
    HeaderOnlyModel shape = HeaderOnlyModel.mistralSmall();
    List<LanguageModel> quantized = new ArrayList<>();
    for (int i = 0; i < models; i++) {
      quantized.add(shape.open(GgmlType.Q4_K));
    }
    return DivergenceEvaluator.against(shape.open(GgmlType.BF16), quantized, workers);
  }

  @Test
  void fourChunksOfTwoModelsFitEightGibibytes() throws IOException {
    try (Workers workers = new Workers(4)) {
      DivergenceEvaluator evaluator = evaluator(1, workers);

      assertThat(evaluator.bytes(CONTEXT, 1) / MEGABYTE).isBetween(1_800L, 2_100L);
      assertThat(evaluator.mostChunks(CONTEXT, AVAILABLE)).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void aChunkOfTheBaseAndEightSchemesFitsEightGibibytes() throws IOException {
    try (Workers workers = new Workers(4)) {
      DivergenceEvaluator evaluator = evaluator(8, workers);

      assertThat(evaluator.bytes(CONTEXT, 1) / MEGABYTE).isBetween(6_000L, 6_553L);
      assertThat(evaluator.mostChunks(CONTEXT, AVAILABLE)).isEqualTo(1);
    }
  }
}
