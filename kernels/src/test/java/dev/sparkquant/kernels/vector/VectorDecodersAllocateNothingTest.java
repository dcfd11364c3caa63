package dev.sparkquant.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowDecoder;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once compiled, a decoder allocates the scratch memory of a block at most: where the compiler
 * gives up on a method, it puts every vector on the heap.
 */
class VectorDecodersAllocateNothingTest {
  private static final int COUNT = 1 << 16;

  /** A vector every 16 elements would be 300 KB. */
  private static final long MOST_BYTES = 2000;

  private static final long MOST_NANOSECONDS = 60_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Set<GgmlType> types() {
    return VectorTypes.decoded();
  }

  /** Decodes until a call allocates little, as it must once the compiler has caught up. */
  @ParameterizedTest
  @MethodSource("types")
  void allocatesNothing(GgmlType type) {
    RowDecoder decoder = new VectorKernels().decoder(type).orElseThrow();
    byte[] src = new byte[Math.toIntExact(type.bytes(COUNT))];
    new SplittableRandom(1).nextBytes(src);
    float[] dst = new float[COUNT];
    long deadline = System.nanoTime() + MOST_NANOSECONDS;
    long bytes;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      decoder.decode(src, 0, COUNT, dst, 0);
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    } while (bytes > MOST_BYTES && System.nanoTime() - deadline < 0);

    assertThat(bytes)
        .as("bytes that decoding %d elements of %s allocates", COUNT, type)
        .isLessThan(MOST_BYTES);
  }
}
