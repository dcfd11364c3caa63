package dev.sparkquant.report.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean divergence of each chunk of text under each scheme, from {@code chunks.parquet}. All
 * schemes see the same chunks in the same order.
 */
public final class ChunkMeans {
  private final List<Chunk> chunks = new ArrayList<>();
  private final Map<String, double[]> byScheme = new LinkedHashMap<>();

  /**
   * A chunk.
   *
   * @param number within its corpus, from 0
   * @param tokens how many of it were scored
   */
  public record Chunk(String corpus, int number, long tokens) {}

  private ChunkMeans() {}

  static ChunkMeans read(Path file) throws IOException {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    ChunkMeans means = new ChunkMeans();
    TableReader.scan(
        file,
        List.of("scheme", "corpus", "chunk", "tokens", "kld_mean"),
        row -> {
          List<Double> list = values.computeIfAbsent(row.textAt(0), s -> new ArrayList<>());
          if (values.size() == 1) {
            means.chunks.add(new Chunk(row.textAt(1), row.intAt(2), row.longAt(3)));
          }
          list.add(row.doubleAt(4));
        });
    values.forEach(
        (scheme, list) ->
            means.byScheme.put(scheme, list.stream().mapToDouble(Double::doubleValue).toArray()));
    return means;
  }

  /** The chunks, in the order of the text. */
  public List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  /** A scheme's mean divergence of each chunk, in nats; empty if it was not measured. */
  public double[] of(String scheme) {
    return byScheme.getOrDefault(scheme, new double[0]).clone();
  }
}
