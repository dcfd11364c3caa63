package dev.sparkquant.report.chart;

/** For which page a picture is laid out: letters keep their size, the room for marks changes. */
public enum Width {
  /** A screen or a sheet of paper. */
  WIDE(1040),
  /** A phone. */
  NARROW(358);

  private final double pixels;

  Width(double pixels) {
    this.pixels = pixels;
  }

  double pixels() {
    return pixels;
  }
}
