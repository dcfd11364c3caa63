package dev.sparkquant.kernels.vector;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.peer.GgmlLibrary;
import dev.sparkquant.kernels.peer.ImportanceCases;
import dev.sparkquant.kernels.peer.RowCases;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How fast our encoders and decoders are, beside ggml's in the same run on the same thread: a type
 * a row, millions of weights a second, and how many times as fast vectors are as the faster ggml.
 *
 * <p>Arguments are type names; without any, all types are timed. The system property {@code
 * bench.release} names the {@code libggml-base.so} of a llama.cpp release; without it the ggml of
 * the test dependency is the only peer.
 */
public final class KernelBenchmark {
  private static final String SCALAR = "scalar";
  private static final String VECTOR = "vector";
  private static final int ROW_LENGTH = 4096;
  private static final int ROWS = 64;

  /** The types whose encoders look at the importance of columns. */
  private static final Set<GgmlType> WEIGHTED =
      EnumSet.of(
          GgmlType.Q4_0,
          GgmlType.Q4_1,
          GgmlType.Q5_0,
          GgmlType.Q5_1,
          GgmlType.Q2_K,
          GgmlType.Q3_K,
          GgmlType.Q4_K,
          GgmlType.Q5_K,
          GgmlType.Q6_K,
          GgmlType.IQ4_NL,
          GgmlType.IQ4_XS);

  private final KernelProvider scalar = new ScalarKernels();
  private final KernelProvider vector = new VectorKernels();
  private final Map<String, GgmlLibrary> peers = new LinkedHashMap<>();
  private final float[] src = RowCases.NORMAL.row(ROWS * ROW_LENGTH, 1);

  private KernelBenchmark() {
    peers.put("ggml jar", GgmlLibrary.ofJar());
    String release = System.getProperty("bench.release");
    if (release != null) {
      peers.put("release", GgmlLibrary.at(release));
    }
  }

  public static void main(String[] names) {
    List<GgmlType> types = new ArrayList<>();
    for (String name : names) {
      types.add(GgmlType.fromName(name).orElseThrow());
    }
    new KernelBenchmark().run(types.isEmpty() ? List.of(GgmlType.values()) : types);
  }

  private void run(List<GgmlType> types) {
    System.out.printf(
        Locale.ROOT,
        "%s, Java %s, one thread, random normal rows of %d, millions of weights a second%n%n",
        vector.name(),
        Runtime.version(),
        ROW_LENGTH);
    StringBuilder head = new StringBuilder("| type    |           |  scalar |  vector |");
    peers.keySet().forEach(peer -> head.append(String.format(Locale.ROOT, " %8s |", peer)));
    System.out.println(head + " vector / ggml |");
    System.out.println(head.toString().replaceAll("[^|]", "-") + "---------------|");
    float[] importance = ImportanceCases.ACTIVATIONS.row(ROW_LENGTH, 1);
    for (GgmlType type : types) {
      if (scalar.encoder(type).isPresent()) {
        print(type, "encode", encoding(type, null));
        if (WEIGHTED.contains(type)) {
          print(type, "+ imatrix", encoding(type, importance));
        }
      }
    }
    for (GgmlType type : types) {
      if (scalar.decoder(type).isPresent() && type != GgmlType.F32) {
        print(type, "decode", decoding(type));
      }
    }
  }

  private Contest encoding(GgmlType type, float[] importance) {
    Contest contest = new Contest(src.length);
    contest.enterJava(SCALAR, encoding(scalar, type, importance));
    contest.enterJava(VECTOR, encoding(vector, type, importance));
    peers.forEach(
        (name, peer) -> {
          if (peer.knows(type)) {
            contest.enter(name, peer.encoding(type, src, ROWS, ROW_LENGTH, importance));
          }
        });
    return contest;
  }

  private Runnable encoding(KernelProvider kernels, GgmlType type, float[] importance) {
    RowEncoder encoder = kernels.encoder(type).orElseThrow();
    byte[] dst = new byte[Math.toIntExact(type.bytes(src.length))];
    return () -> encoder.encode(src, 0, ROWS, ROW_LENGTH, importance, 0, dst, 0);
  }

  private Contest decoding(GgmlType type) {
    byte[] blocks = blocks(type);
    Contest contest = new Contest(src.length);
    contest.enterJava(SCALAR, decoding(scalar, type, blocks));
    contest.enterJava(VECTOR, decoding(vector, type, blocks));
    peers.forEach(
        (name, peer) -> {
          if (peer.knows(type)) {
            contest.enter(name, peer.decoding(type, blocks, src.length));
          }
        });
    return contest;
  }

  /** The rows, encoded; random bytes for types that are decode-only. */
  private byte[] blocks(GgmlType type) {
    byte[] blocks = new byte[Math.toIntExact(type.bytes(src.length))];
    scalar
        .encoder(type)
        .ifPresentOrElse(
            encoder -> encoder.encode(src, 0, ROWS, ROW_LENGTH, null, 0, blocks, 0),
            () -> new SplittableRandom(1).nextBytes(blocks));
    return blocks;
  }

  private Runnable decoding(KernelProvider kernels, GgmlType type, byte[] blocks) {
    RowDecoder decoder = kernels.decoder(type).orElseThrow();
    float[] dst = new float[src.length];
    return () -> decoder.decode(blocks, 0, src.length, dst, 0);
  }

  private void print(GgmlType type, String what, Contest contest) {
    contest.run();
    StringBuilder row = new StringBuilder();
    row.append(String.format(Locale.ROOT, "| %-7s | %-9s |", type, what));
    row.append(String.format(Locale.ROOT, " %7.1f |", contest.speed(SCALAR)));
    row.append(String.format(Locale.ROOT, " %7.1f |", contest.speed(VECTOR)));
    double ratio = Double.POSITIVE_INFINITY;
    for (String peer : peers.keySet()) {
      if (contest.has(peer)) {
        row.append(String.format(Locale.ROOT, " %8.1f |", contest.speed(peer)));
        ratio = Math.min(ratio, contest.ratio(VECTOR, peer));
      } else {
        row.append("        — |");
      }
    }
    String times = Double.isInfinite(ratio) ? "—" : String.format(Locale.ROOT, "%.2f", ratio);
    row.append(String.format(Locale.ROOT, " %13s |", times));
    System.out.println(row);
  }
}
