package dev.sparkquant.report.data;

import dev.sparkquant.eval.divergence.Estimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code schemes.parquet}: the figures of each scheme, over all corpora and over each. */
final class SchemesReader {
  private static final List<String> ESTIMATES =
      List.of("ppl", "ppl_base", "ln_ppl_ratio", "kld_mean", "dp_mean", "dp_rms", "same_top");

  private final List<String> columns = new ArrayList<>(List.of("scheme", "corpus", "tokens"));
  private final Map<String, Map<String, Divergence>> byScheme = new LinkedHashMap<>();

  private SchemesReader() {
    for (String estimate : ESTIMATES) {
      columns.add(estimate);
      columns.add(estimate + "_se");
    }
    Percentile.OF_DIVERGENCE.forEach(p -> columns.add("kld_" + p.column()));
    EnumSet.allOf(Percentile.class).forEach(p -> columns.add("dp_" + p.column()));
  }

  /** Figures by scheme, then by corpus; under the corpus "" those of all together. */
  static Map<String, Map<String, Divergence>> read(Path file) throws IOException {
    SchemesReader reader = new SchemesReader();
    TableReader.scan(file, reader.columns, reader::add);
    return reader.byScheme;
  }

  private void add(TableReader row) {
    String corpus = row.isNull(1) ? "" : row.textAt(1);
    Divergence divergence =
        new Divergence(
            row.longAt(2),
            estimate(row, "ppl"),
            estimate(row, "ppl_base"),
            estimate(row, "ln_ppl_ratio"),
            estimate(row, "kld_mean"),
            estimate(row, "dp_mean"),
            estimate(row, "dp_rms"),
            estimate(row, "same_top"),
            percentiles(row, "kld_", Percentile.OF_DIVERGENCE),
            percentiles(row, "dp_", EnumSet.allOf(Percentile.class)));
    byScheme.computeIfAbsent(row.textAt(0), s -> new LinkedHashMap<>()).put(corpus, divergence);
  }

  private Estimate estimate(TableReader row, String name) {
    int column = columns.indexOf(name);
    return new Estimate(row.doubleAt(column), row.doubleAt(column + 1));
  }

  private Map<Percentile, Double> percentiles(
      TableReader row, String prefix, Collection<Percentile> which) {
    Map<Percentile, Double> values = new EnumMap<>(Percentile.class);
    which.forEach(p -> values.put(p, row.doubleAt(columns.indexOf(prefix + p.column()))));
    return values;
  }
}
