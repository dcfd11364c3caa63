package dev.sparkquant.report.chart;

/** The form of a mark, told apart without colour. */
enum Marker {
  CIRCLE,
  SQUARE,
  DIAMOND,
  TRIANGLE,
  CROSS,
  BAR
}
