package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sparkquant.gguf.GgmlType;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Once compiled, nothing is allocated that grows with the work: where the compiler gives up on a
 * vector, it allocates one for every operation, and speed falls tenfold without a word.
 */
class LinalgAllocatesNothingTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A call's own objects: a list, a lambda, a counter. */
  private static final long A_CALL = 2048;

  private double sink;

  private static final long PATIENCE = 60_000_000_000L;

  @Test
  void matrixProductsAllocateNothing() {
    RowSource w = Samples.weights(GgmlType.BF16, Samples.gaussian(1, 99 * 512), 99, 512);
    TokenTiles x = Samples.activations(2, 512, 64);
    TokenTiles y = Samples.empty(99, 64);
    try (Workers workers = new Workers(1)) {
      MatMul product = new MatMul(workers);
      assertSettles(A_CALL, () -> product.multiply(w, x, y));
    }
  }

  @Test
  void attentionAllocatesNothing() {
    AttentionShape shape = new AttentionShape(64, 64, 0.1f, 0);
    TokenTiles x = Samples.activations(3, 64, 256);
    TokenTiles out = Samples.empty(64, 256);
    Attention attention = new Attention(256);
    assertSettles(0, () -> attention.head(shape, x, 0, x, 0, x, 0, out, 0, 7));
  }

  @Test
  void elementwiseStepsAllocateNothing() {
    TokenTiles x = Samples.activations(4, 256, 32);
    TokenTiles y = Samples.empty(256, 32);
    TokenTiles z = Samples.empty(256, 32);
    float[] weight = Samples.gaussian(5, 256);
    RmsNorm norm = new RmsNorm();
    RopeTable rope = new RopeTable(64, 32, RopeScaling.none(10000f), null);
    assertSettles(
        0,
        () -> {
          norm.apply(x, weight, 1e-5f, y, 0);
          rope.apply(RopeStyle.NEOX, y, 64, 0, 0);
          Elementwise.multiply(y, y, z, 0);
          Elementwise.siluMultiply(y, z, 0);
          Elementwise.add(x, y, y, 0);
        });
  }

  @Test
  void logitStatisticsAllocateNothing() {
    float[] logits = Samples.gaussian(6, 20_000);
    LogSoftmax p = new LogSoftmax();
    LogSoftmax q = new LogSoftmax();
    assertSettles(
        0,
        () -> {
          p.take(logits, 0, 10_000);
          q.take(logits, 10_000, 10_000);
          sink += p.divergence(q, -16);
        });
  }

  /** Repeats the work until ten calls in a row allocate at most {@code limit} bytes each. */
  private static void assertSettles(long limit, Runnable work) {
    long start = System.nanoTime();
    long allocated;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10; i++) {
        work.run();
      }
      allocated = (THREADS.getCurrentThreadAllocatedBytes() - before) / 10;
    } while (allocated > limit && System.nanoTime() - start < PATIENCE);
    assertThat(allocated).as("bytes allocated a call").isLessThanOrEqualTo(limit);
  }
}
