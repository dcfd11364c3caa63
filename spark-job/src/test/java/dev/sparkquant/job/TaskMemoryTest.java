package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.eval.divergence.EvaluationException;
import org.junit.jupiter.api.Test;

class TaskMemoryTest {
  private static final long MEGABYTE = 1L << 20;

  private static long bytes(int chunks) {
    return (200 + 300L * chunks) * MEGABYTE;
  }

  @Test
  void asManyChunksAsFit() {
    TaskMemory memory = new TaskMemory(1000 * MEGABYTE, 1);

    assertThat(memory.chunksAtOnce(1, TaskMemoryTest::bytes)).isEqualTo(1);
    assertThat(memory.chunksAtOnce(9, TaskMemoryTest::bytes)).isEqualTo(2);
  }

  @Test
  void tasksShareTheMemory() {
    TaskMemory memory = new TaskMemory(2000 * MEGABYTE, 2);

    assertThat(memory.chunksAtOnce(9, TaskMemoryTest::bytes)).isEqualTo(2);
  }

  @Test
  void tooLittleMemoryIsRefusedWithWhatIsNeeded() {
    TaskMemory memory = new TaskMemory(1000 * MEGABYTE, 2);

    assertThatThrownBy(() -> memory.chunksAtOnce(9, TaskMemoryTest::bytes))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(
            "one chunk takes 500 MB with these models, but a task has 400 MB: 80 % of a Java heap"
                + " of 1,000 MB, shared by 2. Give it 1,250 MB");
    assertThat(new TaskMemory(1250 * MEGABYTE, 2).chunksAtOnce(9, TaskMemoryTest::bytes))
        .isEqualTo(1);
  }

  @Test
  void chunksThatNoArrayHoldsAreRefused() {
    TaskMemory memory = new TaskMemory(Long.MAX_VALUE, 1);

    assertThatThrownBy(() -> memory.chunksAtOnce(2, chunks -> Long.MAX_VALUE))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("smaller --ctx");
  }
}
