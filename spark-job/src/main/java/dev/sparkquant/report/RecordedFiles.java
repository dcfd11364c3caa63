package dev.sparkquant.report;

import dev.sparkquant.check.RecordedFile;
import dev.sparkquant.report.data.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checksums that a run has recorded of the files it wrote, from its table of tensors. */
public final class RecordedFiles {
  static final String TABLE = "tensors.parquet";

  private final Map<String, RecordedFile> byPath;

  private RecordedFiles(Map<String, RecordedFile> byPath) {
    this.byPath = byPath;
  }

  /** Whether a folder holds what {@link #read} reads. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(TABLE));
  }

  /**
   * Reads a run's table.
   *
   * @throws IOException if it cannot be read, or is of a version that recorded no checksums
   */
  public static RecordedFiles read(Path folder) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, Map<String, String>> tensors = new HashMap<>();
    TableReader.scan(
        folder.resolve(TABLE),
        List.of("output", "name", "crc32c", "header_crc32c"),
        row -> {
          headers.put(row.textAt(0), row.textAt(3));
          tensors
              .computeIfAbsent(row.textAt(0), path -> new HashMap<>())
              .put(row.textAt(1), row.textAt(2));
        });
    Map<String, RecordedFile> byPath = new HashMap<>();
    headers.forEach(
        (path, header) ->
            byPath.put(path, new RecordedFile(folder.toString(), header, tensors.get(path))));
    return new RecordedFiles(byPath);
  }

  /**
   * What is recorded of a file: under its path, or else under its name alone, for files that were
   * moved since.
   *
   * @param path absolute
   */
  public Optional<RecordedFile> of(String path) {
    RecordedFile there = byPath.get(path);
    if (there != null) {
      return Optional.of(there);
    }
    List<String> namesakes =
        byPath.keySet().stream().filter(other -> name(other).equals(name(path))).toList();
    return namesakes.size() == 1 ? Optional.of(byPath.get(namesakes.get(0))) : Optional.empty();
  }

  /** What is recorded of the only file that the run wrote, if it is the only one. */
  public Optional<RecordedFile> only() {
    return byPath.size() == 1 ? byPath.values().stream().findFirst() : Optional.empty();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
