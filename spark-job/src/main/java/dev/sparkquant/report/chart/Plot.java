package dev.sparkquant.report.chart;

import dev.sparkquant.report.chart.Scale.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The area between axes, and the axes' lines and figures. */
record Plot(Rect area, Scale horizontal, Scale vertical) {
  private static final double GAP = 10;

  /** Room at the right of every area, for half a figure. */
  static final double MARGIN = 14;

  double x(double value) {
    return area.x() + horizontal.share(value) * area.width();
  }

  /** Larger values lie higher. */
  double y(double value) {
    return area.y() + (1 - vertical.share(value)) * area.height();
  }

  Point at(double x, double y) {
    return new Point(x(x), y(y));
  }

  /** Lines across at the vertical axis' ticks, with their figures at the left. */
  void drawVertical(Drawing drawing) {
    double above = Double.POSITIVE_INFINITY;
    for (Tick tick : vertical.ticks()) {
      double y = y(tick.value());
      drawing.line(area.x(), y, area.x() + area.width(), y, Ink.GRID, 1);
      if (y < above - 1.3 * Drawing.TEXT_SIZE) {
        drawing.text(area.x() - 6, y + 4, tick.label(), Anchor.END, Ink.MUTED);
        above = y;
      }
    }
  }

  /** Lines upwards at the horizontal axis' ticks, with their figures below. */
  void drawHorizontal(Drawing drawing) {
    double bottom = area.y() + area.height();
    for (Tick tick : horizontal.ticks()) {
      double x = x(tick.value());
      drawing.line(x, area.y(), x, bottom, Ink.GRID, 1);
    }
    drawFigures(drawing, horizontal, bottom + 16);
    drawing.line(area.x(), bottom, area.x() + area.width(), bottom, Ink.MUTED, 1);
  }

  /** The figures of a scale along the area's width: as many as fit, the major ones first. */
  void drawFigures(Drawing drawing, Scale scale, double baseline) {
    List<Rect> taken = new ArrayList<>();
    List<Tick> ticks = new ArrayList<>(scale.ticks());
    // Large values first: then the two sides of zero lose the same figures.
    ticks.sort(
        Comparator.comparing((Tick tick) -> !tick.major())
            .thenComparing(tick -> -Math.abs(tick.value())));
    for (Tick tick : ticks) {
      double most =
          area.x()
              + area.width()
              + MARGIN
              - TextWidth.of(tick.label(), Drawing.TEXT_SIZE, false) / 2;
      double x = Math.min(area.x() + scale.share(tick.value()) * area.width(), most);
      Shape.Label label =
          new Shape.Label(
              new Point(x, baseline),
              tick.label(),
              Drawing.TEXT_SIZE,
              Anchor.MIDDLE,
              Ink.MUTED,
              false,
              false);
      Rect place = label.place();
      Rect wanted = new Rect(place.x() - GAP / 2, place.y(), place.width() + GAP, place.height());
      if (taken.stream().noneMatch(wanted::overlaps)) {
        drawing.add(label);
        taken.add(wanted);
      }
    }
  }
}
