package dev.sparkquant.report.chart;

/** A place in a picture: pixels from its left and from its top. */
record Point(double x, double y) {}
