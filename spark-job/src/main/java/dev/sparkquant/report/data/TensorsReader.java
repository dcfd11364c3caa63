package dev.sparkquant.report.data;

import dev.sparkquant.policy.TensorRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Reads {@code tensors.parquet}: what became of each tensor in each output. */
final class TensorsReader {
  private TensorsReader() {}

  /**
   * The tensors of each output.
   *
   * @param name turns an output's path and scheme into what the report calls it
   */
  static Map<String, TensorGrid> read(Path file, BinaryOperator<String> name) throws IOException {
    Map<String, TensorGrid> grids = new LinkedHashMap<>();
    Comparator<String> order = Comparator.comparingInt(TensorsReader::place);
    TableReader.scan(
        file,
        List.of(
            "output",
            "scheme",
            "role",
            "layer",
            "target_type",
            "elements",
            "bytes",
            "squared_error",
            "relative_rms_error"),
        row ->
            grids
                .computeIfAbsent(
                    name.apply(row.textAt(0), row.textAt(1)),
                    n -> new TensorGrid(new TreeMap<>(order.thenComparing(r -> r))))
                .cells()
                .computeIfAbsent(row.textAt(2), role -> new TreeMap<>())
                .computeIfAbsent(row.isNull(3) ? -1 : row.intAt(3), l -> new TensorGrid.Cell())
                .add(
                    row.textAt(4), row.longAt(5), row.longAt(6), row.doubleAt(7), row.doubleAt(8)));
    return grids;
  }

  /** Roles in the order in which data goes through a model. */
  private static int place(String label) {
    TensorRole[] roles = TensorRole.values();
    for (int i = 0; i < roles.length; i++) {
      if (roles[i].label().equals(label)) {
        return roles[i] == TensorRole.OUTPUT ? roles.length : i;
      }
    }
    return roles.length + 1;
  }
}
