package dev.sparkquant.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds room for names beside points: near them, inside the picture, on no other name and no mark,
 * off the lines where possible.
 */
final class LabelPlacer {
  private static final int DIRECTIONS = 16;
  private static final double[] DISTANCES = {9, 14, 20, 28, 38, 50, 64, 80};
  private static final double LINE_COST = 12;

  private final Rect bounds;
  private final List<Rect> taken = new ArrayList<>();
  private final List<Shape.Line> lines = new ArrayList<>();

  /**
   * @param bounds where names may lie
   */
  LabelPlacer(Rect bounds) {
    this.bounds = bounds;
  }

  /** Keeps names off a mark. */
  void avoid(Point at, double size) {
    taken.add(new Rect(at.x() - size, at.y() - size, 2 * size, 2 * size));
  }

  /** Keeps names off a line, unless there is no other room. */
  void avoid(Shape.Line line) {
    lines.add(line);
  }

  /** A label for the point and, if it lies apart, a line that leads to it; empty if none fits. */
  Optional<List<Shape>> place(Point point, String text, Ink ink, boolean bold) {
    Shape.Label best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double distance : DISTANCES) {
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        Shape.Label label = candidate(point, text, ink, bold, distance, direction);
        double cost = cost(point, label, distance, direction);
        if (cost < least) {
          least = cost;
          best = label;
        }
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    taken.add(best.place());
    List<Shape> shapes = new ArrayList<>();
    leader(point, best).ifPresent(shapes::add);
    shapes.add(best);
    return Optional.of(shapes);
  }

  private static Shape.Label candidate(
      Point point, String text, Ink ink, boolean bold, double distance, int direction) {
    double angle = 2 * Math.PI * direction / DIRECTIONS;
    double dx = Math.cos(angle);
    double dy = Math.sin(angle);
    Anchor anchor = dx > 0.3 ? Anchor.START : dx < -0.3 ? Anchor.END : Anchor.MIDDLE;
    double size = Drawing.TEXT_SIZE;
    Point at =
        new Point(
            point.x() + dx * distance, point.y() + dy * (distance + 0.3 * size) + 0.32 * size);
    return new Shape.Label(at, text, size, anchor, ink, bold, true);
  }

  private double cost(Point point, Shape.Label label, double distance, int direction) {
    Rect place = label.place();
    if (!bounds.contains(place) || taken.stream().anyMatch(place::overlaps)) {
      return Double.POSITIVE_INFINITY;
    }
    double cost = distance + (direction == 0 ? 0 : direction % 4 == 0 ? 2 : 3);
    for (Shape.Line line : lines) {
      for (int i = 1; i < line.points().size(); i++) {
        if (place.crossedBy(line.points().get(i - 1), line.points().get(i))) {
          cost += LINE_COST;
        }
      }
    }
    Optional<Shape.Line> leader = leader(point, label);
    if (leader.isPresent()) {
      List<Point> ends = leader.get().points();
      boolean blocked =
          taken.stream()
              .filter(rect -> !rect.contains(new Rect(point.x(), point.y(), 0, 0)))
              .anyMatch(rect -> rect.crossedBy(ends.get(0), ends.get(1)));
      cost += blocked ? 4 * LINE_COST : 0;
    }
    return cost;
  }

  private static Optional<Shape.Line> leader(Point point, Shape.Label label) {
    Rect place = label.place();
    double x = Math.max(place.x() - 1, Math.min(point.x(), place.x() + place.width() + 1));
    double y = Math.max(place.y(), Math.min(point.y(), place.y() + place.height()));
    double length = Math.hypot(x - point.x(), y - point.y());
    if (length < 13) {
      return Optional.empty();
    }
    double start = 6 / length;
    Point from =
        new Point(point.x() + start * (x - point.x()), point.y() + start * (y - point.y()));
    return Optional.of(new Shape.Line(List.of(from, new Point(x, y)), Ink.MUTED, 0.8, List.of()));
  }
}
