package dev.sparkquant.report.chart;

import java.util.List;

/**
 * A finished drawing.
 *
 * @param name what to call its file, without ending; letters, digits, hyphens
 * @param title a few words
 * @param description what it shows, for those who do not see it
 */
public record Picture(
    String name,
    double width,
    double height,
    String title,
    String description,
    List<Shape> shapes) {

  /** Pixels of empty paper around a picture that stands alone. */
  static final double RIM = 20;

  public Picture {
    shapes = List.copyOf(shapes);
  }

  /** The labels, for checks of the layout. */
  List<Shape.Label> labels() {
    return shapes.stream()
        .filter(Shape.Label.class::isInstance)
        .map(Shape.Label.class::cast)
        .toList();
  }
}
