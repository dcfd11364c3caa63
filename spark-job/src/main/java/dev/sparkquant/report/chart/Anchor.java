package dev.sparkquant.report.chart;

/** Which point of a label its place means. */
enum Anchor {
  START,
  MIDDLE,
  END
}
