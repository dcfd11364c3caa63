package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.peer.ImportanceCases;
import dev.sparkquant.kernels.peer.RowCases;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Encoding of random normal rows, in weights a second: to look into one kernel with JMH's
 * profilers, such as {@code -prof gc}. {@link KernelBenchmark} compares.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeRows {
  private static final int ROWS = 64;
  private static final int ROW_LENGTH = 4096;

  @Param({"Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS", "Q8_0"})
  public GgmlType type;

  @Param({"vector", "scalar"})
  public String kernels;

  @Param({"false", "true"})
  public boolean weighted;

  private final float[] src = RowCases.NORMAL.row(ROWS * ROW_LENGTH, 1);
  private float[] importance;
  private byte[] dst;
  private RowEncoder encoder;

  @Setup
  public void makeEncoder() {
    KernelProvider provider = kernels.equals("vector") ? new VectorKernels() : new ScalarKernels();
    encoder = provider.encoder(type).orElseThrow();
    importance = weighted ? ImportanceCases.ACTIVATIONS.row(ROW_LENGTH, 1) : null;
    dst = new byte[Math.toIntExact(type.bytes(src.length))];
  }

  /** Encodes all rows. */
  @Benchmark
  @OperationsPerInvocation(ROWS * ROW_LENGTH)
  public byte[] encode() {
    encoder.encode(src, 0, ROWS, ROW_LENGTH, importance, 0, dst, 0);
    return dst;
  }
}
