package dev.sparkquant.report.chart;

import java.util.List;

/** Turns values into places along an axis. */
interface Scale {

  /**
   * Where a value lies: 0 at the axis' beginning, 1 at its end. Values beyond its ends are moved to
   * them.
   */
  double share(double value);

  /** The values to write at the axis, ascending. */
  List<Tick> ticks();

  /**
   * A value written at an axis.
   *
   * @param major whether it bears its label even where room is short
   */
  record Tick(double value, String label, boolean major) {}

  /** A share held between 0 and 1. */
  static double clamp(double share) {
    return Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
  }
}
