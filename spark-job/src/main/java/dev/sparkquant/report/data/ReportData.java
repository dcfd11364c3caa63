package dev.sparkquant.report.data;

import dev.sparkquant.report.RunRecord;
import dev.sparkquant.report.VocabularyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything a report is made of.
 *
 * @param schemes in the order of the run
 * @param tensors by scheme; empty if the run quantized nothing
 * @param chunks empty if no divergence was measured, as are the next two
 */
public record ReportData(
    RunRecord run,
    List<SchemeResult> schemes,
    Map<String, TensorGrid> tensors,
    Optional<ChunkMeans> chunks,
    Optional<TokenFindings> tokens,
    Optional<Pieces> pieces) {

  /**
   * Reads a run's folder.
   *
   * @throws IOException if it has no record of a run, or a table cannot be read
   */
  public static ReportData read(Path runDir) throws IOException {
    RunRecord run = RunRecord.read(runDir);
    Path schemes = runDir.resolve("schemes.parquet");
    Map<String, Map<String, Divergence>> divergence =
        run.divergence() != null && Files.exists(schemes) ? SchemesReader.read(schemes) : Map.of();
    Path tensors = runDir.resolve("tensors.parquet");
    Path chunks = runDir.resolve("chunks.parquet");
    Path tokens = runDir.resolve("tokens.parquet");
    boolean measured = !divergence.isEmpty();
    Optional<TokenFindings> findings =
        measured && Files.exists(tokens)
            ? Optional.of(TokensReader.read(tokens))
            : Optional.empty();
    List<HurtToken> hurt =
        findings.stream()
            .flatMap(f -> f.hurtMost().values().stream())
            .flatMap(Collection::stream)
            .toList();
    return new ReportData(
        run,
        results(run, divergence),
        run.quantize() != null && Files.exists(tensors)
            ? TensorsReader.read(tensors, (path, scheme) -> name(run, path, scheme))
            : Map.of(),
        measured && Files.exists(chunks) ? Optional.of(ChunkMeans.read(chunks)) : Optional.empty(),
        findings,
        findings.isPresent()
            ? Optional.of(Pieces.read(runDir.resolve(VocabularyTable.FILE), hurt))
            : Optional.empty());
  }

  /** Whether any scheme was held against the original. */
  public boolean isMeasured() {
    return schemes.stream().anyMatch(scheme -> scheme.divergence().isPresent());
  }

  /** How two schemes differ, if enough of both was measured to say how sure that is. */
  public Optional<Difference> difference(String first, String second) {
    return chunks
        .filter(means -> means.chunks().size() > 1)
        .filter(means -> means.of(first).length == means.chunks().size())
        .filter(means -> means.of(second).length == means.chunks().size())
        .map(means -> Difference.paired(means.of(first), means.of(second), means.chunks()));
  }

  private static List<SchemeResult> results(
      RunRecord run, Map<String, Map<String, Divergence>> divergence) {
    Set<String> names = new LinkedHashSet<>();
    run.outputs().forEach(output -> names.add(output.name()));
    names.addAll(divergence.keySet());
    List<SchemeResult> results = new ArrayList<>();
    for (String name : names) {
      Optional<RunRecord.Output> output =
          run.outputs().stream().filter(o -> o.name().equals(name)).findFirst();
      Map<String, Divergence> figures = divergence.getOrDefault(name, Map.of());
      results.add(
          new SchemeResult(
              name,
              output
                  .filter(o -> o.bytes() > 0)
                  .map(o -> OptionalLong.of(o.bytes()))
                  .orElse(OptionalLong.empty()),
              output
                  .filter(o -> o.bitsPerWeight() > 0)
                  .map(o -> OptionalDouble.of(o.bitsPerWeight()))
                  .orElse(OptionalDouble.empty()),
              output.map(RunRecord.Output::error),
              Optional.ofNullable(figures.get("")),
              figures));
    }
    return results;
  }

  /** What the record calls the output at a path. */
  private static String name(RunRecord run, String path, String scheme) {
    return run.outputs().stream()
        .filter(output -> output.files().contains(path))
        .map(RunRecord.Output::name)
        .findFirst()
        .orElse(scheme);
  }
}
