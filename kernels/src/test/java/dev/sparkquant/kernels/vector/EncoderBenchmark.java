package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.peer.GgmlPeer;
import dev.sparkquant.kernels.peer.ImportanceCases;
import dev.sparkquant.kernels.peer.RowCases;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How fast encoders are, beside ggml in the same run on the same thread: millions of weights a
 * second, medians of rounds in which all have their turn, and the medians of the rounds' ratios.
 *
 * <p>Arguments are type names; without any, all types are timed that vectors encode.
 */
public final class EncoderBenchmark {
  private static final int ROW_LENGTH = 4096;
  private static final int ROWS = 64;
  private static final int ROUNDS = 11;
  private static final long ROUND_NANOSECONDS = 150_000_000L;
  private static final long WARM_UP_NANOSECONDS = 4_000_000_000L;

  private EncoderBenchmark() {}

  public static void main(String[] names) {
    List<GgmlType> types =
        names.length == 0
            ? List.copyOf(VectorTypes.encoded())
            : Arrays.stream(names).map(name -> GgmlType.fromName(name).orElseThrow()).toList();
    KernelProvider vector = new VectorKernels();
    System.out.println(
        vector.name() + ", Java " + Runtime.version() + ", random normal rows of " + ROW_LENGTH);
    System.out.println("type    importance  scalar  vector    ggml  vector/ggml");
    float[] importance = ImportanceCases.ACTIVATIONS.row(ROW_LENGTH, 1);
    for (GgmlType type : types) {
      time(type, vector, null);
      time(type, vector, importance);
    }
  }

  private static void time(GgmlType type, KernelProvider vectorKernels, float[] importance) {
    float[] src = RowCases.NORMAL.row(ROWS * ROW_LENGTH, 1);
    byte[] dst = new byte[Math.toIntExact(type.bytes(src.length))];
    Runnable scalar = encoding(new ScalarKernels(), type, src, importance, dst);
    Runnable vector = encoding(vectorKernels, type, src, importance, dst);
    Runnable ggml = GgmlPeer.encoding(type, src, ROWS, ROW_LENGTH, importance);
    weightsASecond(scalar, WARM_UP_NANOSECONDS / 2);
    weightsASecond(vector, WARM_UP_NANOSECONDS);
    double[] scalars = new double[ROUNDS];
    double[] vectors = new double[ROUNDS];
    double[] ggmls = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      scalars[round] = weightsASecond(scalar, ROUND_NANOSECONDS);
      ggmls[round] = weightsASecond(ggml, ROUND_NANOSECONDS);
      vectors[round] = weightsASecond(vector, ROUND_NANOSECONDS);
      ratios[round] = vectors[round] / ggmls[round];
    }
    System.out.printf(
        Locale.ROOT,
        "%-7s %-10s %7.1f %7.1f %7.1f %8.2f%n",
        type,
        importance == null ? "no" : "yes",
        median(scalars) / 1e6,
        median(vectors) / 1e6,
        median(ggmls) / 1e6,
        median(ratios));
  }

  private static Runnable encoding(
      KernelProvider kernels, GgmlType type, float[] src, float[] importance, byte[] dst) {
    RowEncoder encoder = kernels.encoder(type).orElseThrow();
    return () -> encoder.encode(src, 0, ROWS, ROW_LENGTH, importance, 0, dst, 0);
  }

  /** Runs an encoding of all rows again and again, at least for that long. */
  private static double weightsASecond(Runnable encoding, long nanoseconds) {
    long start = System.nanoTime();
    long weights = 0;
    long passed;
    do {
      encoding.run();
      weights += (long) ROWS * ROW_LENGTH;
      passed = System.nanoTime() - start;
    } while (passed < nanoseconds);
    return weights * 1e9 / passed;
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
