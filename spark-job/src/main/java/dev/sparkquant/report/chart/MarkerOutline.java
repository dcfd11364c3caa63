package dev.sparkquant.report.chart;

import java.util.List;

/** The corners of marks other than circles. */
final class MarkerOutline {
  private MarkerOutline() {}

  /** Whether the mark is made of strokes and encloses nothing. */
  static boolean isOpen(Marker marker) {
    return marker == Marker.CROSS || marker == Marker.BAR;
  }

  /** Its strokes, or its one outline. */
  static List<List<Point>> of(Shape.Mark mark) {
    double s = mark.size();
    return switch (mark.marker()) {
      case SQUARE ->
          List.of(List.of(at(mark, -s, -s), at(mark, s, -s), at(mark, s, s), at(mark, -s, s)));
      case DIAMOND -> {
        double d = 1.3 * s;
        yield List.of(List.of(at(mark, 0, -d), at(mark, d, 0), at(mark, 0, d), at(mark, -d, 0)));
      }
      case TRIANGLE -> {
        double t = 1.2 * s;
        yield List.of(List.of(at(mark, 0, -t), at(mark, t, t), at(mark, -t, t)));
      }
      case CROSS ->
          List.of(
              List.of(at(mark, -s, -s), at(mark, s, s)), List.of(at(mark, -s, s), at(mark, s, -s)));
      case BAR -> List.of(List.of(at(mark, 0, -1.6 * s), at(mark, 0, 1.6 * s)));
      case CIRCLE -> throw new IllegalArgumentException("A circle has no corners");
    };
  }

  private static Point at(Shape.Mark mark, double dx, double dy) {
    return new Point(mark.at().x() + dx, mark.at().y() + dy);
  }
}
