package dev.sparkquant.report.data;

import java.util.EnumSet;
import java.util.Set;

/** The percentiles that tables of schemes hold. */
public enum Percentile {
  MIN("min", "minimum"),
  P0_1("p0_1", "0.1 %"),
  P1("p1", "1 %"),
  P5("p5", "5 %"),
  P10("p10", "10 %"),
  P25("p25", "25 %"),
  MEDIAN("median", "median"),
  P75("p75", "75 %"),
  P90("p90", "90 %"),
  P95("p95", "95 %"),
  P99("p99", "99 %"),
  P99_9("p99_9", "99.9 %"),
  MAX("max", "maximum");

  /** Those of the divergence: of a figure that is never negative the quartiles are left out. */
  static final Set<Percentile> OF_DIVERGENCE = EnumSet.complementOf(EnumSet.of(P25, P75));

  private final String column;
  private final String label;

  Percentile(String column, String label) {
    this.column = column;
    this.label = label;
  }

  String column() {
    return column;
  }

  /** What it is called in a report. */
  public String label() {
    return label;
  }
}
