package dev.sparkquant.report;

import dev.sparkquant.report.data.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run's table of tensors says of types and errors. */
public final class RecordedTensors {
  private RecordedTensors() {}

  /**
   * One tensor of one output.
   *
   * @param type that it was written in
   * @param relativeError relative root mean square error; 0 for a copy
   */
  public record Tensor(String type, long bytes, double relativeError) {}

  /**
   * Reads a run's table; empty if the run wrote no models.
   *
   * @return tensors by name, by the path of their output, in the order of the table
   */
  public static Map<String, Map<String, Tensor>> read(Path folder) throws IOException {
    Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
    if (RecordedFiles.isIn(folder)) {
      TableReader.scan(
          folder.resolve(RecordedFiles.TABLE),
          List.of("output", "name", "target_type", "bytes", "relative_rms_error"),
          row ->
              tensors
                  .computeIfAbsent(row.textAt(0), path -> new LinkedHashMap<>())
                  .put(row.textAt(1), new Tensor(row.textAt(2), row.longAt(3), row.doubleAt(4))));
    }
    return tensors;
  }
}
