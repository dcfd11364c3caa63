package dev.sparkquant.report.html;

import dev.sparkquant.report.Numbers;
import dev.sparkquant.report.chart.LayerMap;
import dev.sparkquant.report.data.TensorGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The two maps of a scheme's tensors: which type each became, and with what error. */
final class LayerMaps {
  private static final double LEAST_ERROR = 0.0005;
  private static final double MOST_ERROR = 0.5;
  private static final double[] ERRORS_IN_LEGEND = {0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4};

  private final String scheme;
  private final String file;
  private final TensorGrid grid;
  private final TypeRamp types;

  /**
   * @param file the end of the pictures' names
   */
  LayerMaps(String scheme, String file, TensorGrid grid, TypeRamp types) {
    this.scheme = scheme;
    this.file = file;
    this.grid = grid;
    this.types = types;
  }

  /** Where the bits went. */
  LayerMap types() {
    TreeSet<String> used = new TreeSet<>();
    shown().values().forEach(row -> row.values().forEach(cell -> used.add(cell.type())));
    return new LayerMap(
        "types-" + file,
        "Types of " + scheme + " by role and layer",
        about(TensorGrid.Cell::type),
        layers(),
        types.legend(used),
        rows(
            cell ->
                new LayerMap.Cell(
                    types.share(cell.type()),
                    cell.type(),
                    cell.type() + ", " + Numbers.bytes(cell.bytes()))));
  }

  /** Where the error is. */
  LayerMap errors() {
    List<LayerMap.Key> legend = new ArrayList<>(List.of(new LayerMap.Key(0, "copied")));
    for (double error : ERRORS_IN_LEGEND) {
      String text = Figures.fixed(100 * error, error < 0.01 ? 1 : 0) + " %";
      legend.add(new LayerMap.Key(place(error), text));
    }
    return new LayerMap(
        "errors-" + file,
        "Relative error of " + scheme + " by role and layer",
        about(LayerMaps::error),
        layers(),
        legend,
        rows(cell -> new LayerMap.Cell(place(cell.relativeError()), error(cell), error(cell))));
  }

  private static String error(TensorGrid.Cell cell) {
    double percent = 100 * cell.relativeError();
    return percent == 0 ? "copied" : Figures.fixed(percent, percent < 1 ? 2 : 1) + " %";
  }

  private static double place(double error) {
    if (error <= 0) {
      return 0;
    }
    double share = Math.log(error / LEAST_ERROR) / Math.log(MOST_ERROR / LEAST_ERROR);
    return Math.max(0.1, Math.min(1, share));
  }

  /** Norms are small and never quantized: they would only take room. */
  private Map<String, ? extends Map<Integer, TensorGrid.Cell>> shown() {
    Map<String, Map<Integer, TensorGrid.Cell>> shown = new java.util.LinkedHashMap<>(grid.cells());
    shown.remove("norm");
    return shown;
  }

  private int layers() {
    return 1
        + shown().values().stream()
            .flatMap(row -> row.keySet().stream())
            .mapToInt(Integer::intValue)
            .max()
            .orElse(-1);
  }

  private List<LayerMap.Row> rows(Function<TensorGrid.Cell, LayerMap.Cell> cell) {
    List<LayerMap.Row> rows = new ArrayList<>();
    shown()
        .forEach(
            (role, byLayer) -> {
              Map<Integer, LayerMap.Cell> cells = new HashMap<>();
              byLayer.forEach(
                  (layer, tensors) -> {
                    LayerMap.Cell drawn = cell.apply(tensors);
                    String where = layer < 0 ? "" : ", layer " + layer;
                    cells.put(
                        layer,
                        new LayerMap.Cell(
                            drawn.share(),
                            drawn.text(),
                            words(role) + where + ": " + drawn.note()));
                  });
              rows.add(new LayerMap.Row(words(role), cells));
            });
    return rows;
  }

  private static String words(String role) {
    return role.replace('_', ' ');
  }

  /** The map in words: for each role what its layers are, runs of the same together. */
  private String about(Function<TensorGrid.Cell, String> say) {
    StringBuilder text = new StringBuilder();
    shown()
        .forEach(
            (role, cells) -> {
              text.append(words(role)).append(": ");
              String last = null;
              for (Map.Entry<Integer, TensorGrid.Cell> cell : cells.entrySet()) {
                String word = say.apply(cell.getValue());
                if (!word.equals(last)) {
                  text.append(last == null ? "" : ", ").append(word);
                  text.append(cell.getKey() < 0 ? "" : " from layer " + cell.getKey());
                  last = word;
                }
              }
              text.append(". ");
            });
    return text.toString().strip();
  }
}
