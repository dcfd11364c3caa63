package dev.sparkquant.report.chart;

import java.util.List;

/** A thing in a picture. Shapes are drawn in the order of the list, later ones above. */
sealed interface Shape {

  /**
   * A filled rectangle.
   *
   * @param note what to say when someone points at it, or null
   */
  record Box(Rect place, double radius, Ink fill, String note) implements Shape {}

  /**
   * Straight lines from point to point.
   *
   * @param dashes lengths of dash and gap in turn; empty for a solid line
   */
  record Line(List<Point> points, Ink ink, double width, List<Double> dashes) implements Shape {
    public Line {
      points = List.copyOf(points);
      dashes = List.copyOf(dashes);
    }
  }

  /**
   * A mark at a point.
   *
   * @param size from the point to the mark's edge
   * @param filled whether in ink or in outline
   * @param note what to say when someone points at it, or null
   */
  record Mark(Point at, Marker marker, double size, Ink ink, boolean filled, String note)
      implements Shape {}

  /**
   * A line of text.
   *
   * @param at left end, middle or right end of the base line
   * @param size of the font in pixels
   * @param halo whether a rim of paper keeps it apart from what it lies on
   */
  record Label(
      Point at, String text, double size, Anchor anchor, Ink ink, boolean bold, boolean halo)
      implements Shape {

    /** The room it takes, rather too much than too little. */
    Rect place() {
      double width = TextWidth.of(text, size, bold);
      double left =
          switch (anchor) {
            case START -> at.x();
            case MIDDLE -> at.x() - width / 2;
            case END -> at.x() - width;
          };
      return new Rect(left, at.y() - 0.8 * size, width, 1.05 * size);
    }
  }
}
