package dev.sparkquant.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Collects the shapes of a picture. */
final class Drawing {
  static final double TEXT_SIZE = 12;

  private static final List<Double> SOLID = List.of();

  private final List<Shape> shapes = new ArrayList<>();

  void box(Rect place, double radius, Ink fill, String note) {
    shapes.add(new Shape.Box(place, radius, fill, note));
  }

  void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
    line(List.of(new Point(x1, y1), new Point(x2, y2)), ink, width, SOLID);
  }

  void line(List<Point> points, Ink ink, double width, List<Double> dashes) {
    shapes.add(new Shape.Line(points, ink, width, dashes));
  }

  void mark(Point at, Marker marker, double size, Ink ink, boolean filled, String note) {
    shapes.add(new Shape.Mark(at, marker, size, ink, filled, note));
  }

  /** Text of the usual size. */
  void text(double x, double y, String text, Anchor anchor, Ink ink) {
    add(new Shape.Label(new Point(x, y), text, TEXT_SIZE, anchor, ink, false, false));
  }

  void bold(double x, double y, String text, Anchor anchor, Ink ink) {
    add(new Shape.Label(new Point(x, y), text, TEXT_SIZE, anchor, ink, true, false));
  }

  void add(Shape shape) {
    shapes.add(shape);
  }

  Picture finish(String name, double width, double height, String title, String description) {
    return new Picture(name, width, height, title, description, shapes);
  }
}
