package dev.sparkquant.report.html;

import dev.sparkquant.report.chart.LayerMap;
import dev.sparkquant.report.data.TensorGrid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each type of a run its place on a ramp of colours, by its bits a weight. */
final class TypeRamp {
  private final List<String> types;
  private final Map<String, Double> bits = new HashMap<>();

  TypeRamp(Collection<TensorGrid> grids) {
    grids.stream()
        .flatMap(grid -> grid.cells().values().stream())
        .flatMap(layers -> layers.values().stream())
        .forEach(cell -> bits.merge(cell.type(), cell.bitsPerWeight(), Math::min));
    types = new ArrayList<>(bits.keySet());
    types.sort(Comparator.comparingDouble((String type) -> bits.get(type)).thenComparing(t -> t));
  }

  double share(String type) {
    return types.size() < 2 ? 0.5 : (double) types.indexOf(type) / (types.size() - 1);
  }

  /** The types that a scheme uses, from few bits to many. */
  List<LayerMap.Key> legend(Collection<String> used) {
    return types.stream()
        .filter(used::contains)
        .map(
            type ->
                new LayerMap.Key(
                    share(type), type + ", " + Figures.fixed(bits.get(type), 2) + " bits"))
        .toList();
  }
}
