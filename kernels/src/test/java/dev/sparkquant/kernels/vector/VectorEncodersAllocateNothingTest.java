package dev.sparkquant.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.peer.ImportanceCases;
import dev.sparkquant.kernels.peer.RowCases;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once compiled, an encoder allocates its scratch memory and nothing else.
 *
 * <p>Where the compiler gives up on a method it puts every vector on the heap: the bytes stay
 * right, but a hundred times slower. That shows here first.
 */
class VectorEncodersAllocateNothingTest {
  private static final int ROW_LENGTH = 4096;
  private static final int ROWS = 16;

  /** Scratch memory takes 73 KB at most; a vector an element would be 4 MB. */
  private static final long MOST_BYTES = 100_000;

  private static final long MOST_NANOSECONDS = 60_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Set<GgmlType> types() {
    return VectorTypes.encoded();
  }

  @ParameterizedTest
  @MethodSource("types")
  void withoutImportance(GgmlType type) {
    requireFewBytes(type, null);
  }

  @ParameterizedTest
  @MethodSource("types")
  void withImportance(GgmlType type) {
    requireFewBytes(type, ImportanceCases.ACTIVATIONS.row(ROW_LENGTH, 5));
  }

  /** Encodes until a call allocates little, as it must once the compiler has caught up. */
  private static void requireFewBytes(GgmlType type, float[] importance) {
    RowEncoder encoder = new VectorKernels().encoder(type).orElseThrow();
    float[] src = RowCases.NORMAL.row(ROWS * ROW_LENGTH, 3);
    byte[] dst = new byte[Math.toIntExact(type.bytes(src.length))];
    long deadline = System.nanoTime() + MOST_NANOSECONDS;
    long bytes;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      encoder.encode(src, 0, ROWS, ROW_LENGTH, importance, 0, dst, 0);
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    } while (bytes > MOST_BYTES && System.nanoTime() - deadline < 0);

    assertThat(bytes)
        .as("bytes that encoding %d rows to %s allocates", ROWS, type)
        .isLessThan(MOST_BYTES);
  }
}
