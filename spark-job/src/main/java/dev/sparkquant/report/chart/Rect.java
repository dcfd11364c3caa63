package dev.sparkquant.report.chart;

/** A rectangle, sides along the axes. */
record Rect(double x, double y, double width, double height) {

  boolean overlaps(Rect other) {
    return x < other.x + other.width
        && other.x < x + width
        && y < other.y + other.height
        && other.y < y + height;
  }

  boolean contains(Rect other) {
    return other.x >= x
        && other.y >= y
        && other.x + other.width <= x + width
        && other.y + other.height <= y + height;
  }

  /** Whether a straight line passes through it. */
  boolean crossedBy(Point from, Point to) {
    double low = 0;
    double high = 1;
    double[][] sides = {
      {to.x() - from.x(), x - from.x(), x + width - from.x()},
      {to.y() - from.y(), y - from.y(), y + height - from.y()}
    };
    for (double[] side : sides) {
      if (side[0] == 0) {
        if (side[1] > 0 || side[2] < 0) {
          return false;
        }
        continue;
      }
      double enter = side[1] / side[0];
      double leave = side[2] / side[0];
      low = Math.max(low, Math.min(enter, leave));
      high = Math.min(high, Math.max(enter, leave));
    }
    return low <= high;
  }
}
