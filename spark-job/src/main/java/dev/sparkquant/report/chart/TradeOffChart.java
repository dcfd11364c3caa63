package dev.sparkquant.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Size against cost: a point a scheme, the ones that no other beats joined by a line.
 *
 * @param costTitle what the vertical axis shows, with its unit
 * @param logarithmic whether equal steps upwards are equal ratios
 * @param size how to write a size
 * @param weights how many weights the model has, for a second axis in bits a weight; 0 without
 * @param reference a cost to draw a line at, or NaN
 * @param referenceName what to write there
 */
public record TradeOffChart(
    String name,
    String title,
    String costTitle,
    boolean logarithmic,
    DoubleFunction<String> size,
    DoubleFunction<String> cost,
    double weights,
    double reference,
    String referenceName,
    List<Entry> entries) {

  public TradeOffChart {
    entries = List.copyOf(entries);
  }

  /**
   * One scheme.
   *
   * @param bytes its size
   * @param error the cost's standard error, or 0
   * @param best whether no other is both smaller and better
   */
  public record Entry(String name, double bytes, double cost, double error, boolean best) {}

  /** Draws it. */
  public Picture draw(Width width) {
    boolean narrow = width == Width.NARROW;
    double top = weights > 0 ? 50 : 34;
    double height = narrow ? 400 : 480;
    Rect area = new Rect(48, top, width.pixels() - 48 - 14, height - top - 44);
    Plot plot = new Plot(area, sizes(narrow), costs());
    Drawing drawing = new Drawing();
    plot.drawVertical(drawing);
    plot.drawHorizontal(drawing);
    drawing.bold(0, 13, costTitle, Anchor.START, Ink.TEXT);
    drawing.bold(width.pixels(), height - 6, "File size", Anchor.END, Ink.TEXT);
    if (weights > 0) {
      drawBits(drawing, plot, narrow);
    }
    LabelPlacer placer =
        new LabelPlacer(new Rect(area.x() + 2, area.y() - 4, area.width() + 10, area.height()));
    if (!Double.isNaN(reference)) {
      double y = plot.y(reference);
      Shape.Line line =
          new Shape.Line(
              List.of(new Point(area.x(), y), new Point(area.x() + area.width(), y)),
              Ink.MUTED,
              1.2,
              List.of(5.0, 4.0));
      drawing.add(line);
      placer.avoid(line);
    }
    front(plot)
        .forEach(
            line -> {
              drawing.add(line);
              placer.avoid(line);
            });
    for (Entry entry : entries) {
      drawPoint(drawing, plot, entry);
      placer.avoid(plot.at(entry.bytes(), entry.cost()), 6);
    }
    int unnamed = drawNames(drawing, plot, placer);
    if (!Double.isNaN(reference)) {
      placer
          .place(
              new Point(area.x() + area.width() - 4, plot.y(reference)),
              referenceName,
              Ink.MUTED,
              false)
          .ifPresent(shapes -> drawing.add(shapes.get(shapes.size() - 1)));
    }
    return drawing.finish(name, width.pixels(), height, title, description(unnamed));
  }

  private Scale sizes(boolean narrow) {
    double least = entries.stream().mapToDouble(Entry::bytes).min().orElse(0);
    double most = entries.stream().mapToDouble(Entry::bytes).max().orElse(1);
    return LinearScale.around(least, most, narrow ? 0.12 : 0.08, narrow ? 4 : 10, this::tick);
  }

  /** A size at an axis, without zeros that say nothing. */
  private String tick(double bytes) {
    return size.apply(bytes)
        .replaceFirst("(\\.\\d*?)0+(?=\\D*$)", "$1")
        .replaceFirst("\\.(?=\\D*$)", "");
  }

  private Scale costs() {
    if (logarithmic) {
      return LogScale.of(
          entries.stream().flatMapToDouble(e -> DoubleStream.of(e.cost(), e.cost() + e.error())));
    }
    double[] costs =
        Stream.concat(
                entries.stream()
                    .flatMap(e -> Stream.of(e.cost() - e.error(), e.cost() + e.error())),
                Stream.of(reference).filter(r -> !Double.isNaN(r)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    return LinearScale.around(
        DoubleStream.of(costs).min().orElse(0),
        DoubleStream.of(costs).max().orElse(1),
        0.08,
        8,
        cost);
  }

  /** The second axis, above. */
  private void drawBits(Drawing drawing, Plot plot, boolean narrow) {
    LinearScale sizes = (LinearScale) plot.horizontal();
    double factor = 8 / weights;
    LinearScale bits =
        new LinearScale(
            sizes.low() * factor,
            sizes.high() * factor,
            narrow ? 5 : 10,
            value -> value == Math.rint(value) ? "%.0f".formatted(value) : "%.1f".formatted(value));
    Rect area = plot.area();
    plot.drawFigures(drawing, bits, area.y() - 8);
    drawing.line(area.x(), area.y(), area.x() + area.width(), area.y(), Ink.GRID, 1);
    drawing.bold(area.x() + area.width() + 14, 13, "Bits a weight", Anchor.END, Ink.TEXT);
  }

  /** Steps along the schemes that no other beats. */
  private List<Shape.Line> front(Plot plot) {
    List<Entry> best =
        entries.stream()
            .filter(Entry::best)
            .sorted(Comparator.comparingDouble(Entry::bytes))
            .toList();
    List<Point> points = new ArrayList<>();
    for (Entry entry : best) {
      Point at = plot.at(entry.bytes(), entry.cost());
      if (!points.isEmpty()) {
        points.add(new Point(at.x(), points.get(points.size() - 1).y()));
      }
      points.add(at);
    }
    return points.size() < 2
        ? List.of()
        : List.of(new Shape.Line(points, Ink.FRONT, 1.6, List.of()));
  }

  private void drawPoint(Drawing drawing, Plot plot, Entry entry) {
    Point at = plot.at(entry.bytes(), entry.cost());
    Ink ink = entry.best() ? Ink.FRONT : Ink.BEATEN;
    if (entry.error() > 0) {
      double low = plot.y(entry.cost() - entry.error());
      double high = plot.y(entry.cost() + entry.error());
      drawing.line(at.x(), low, at.x(), high, ink, 1.4);
    }
    String note = entry.name() + ": " + size.apply(entry.bytes()) + ", " + cost.apply(entry.cost());
    Marker marker = entry.best() ? Marker.CIRCLE : Marker.DIAMOND;
    drawing.mark(at, marker, entry.best() ? 5 : 4, ink, entry.best(), note);
  }

  /** Writes names, those of the best first; returns how many found no room. */
  private int drawNames(Drawing drawing, Plot plot, LabelPlacer placer) {
    List<Entry> order = new ArrayList<>(entries);
    order.sort(
        Comparator.comparing((Entry entry) -> !entry.best()).thenComparingDouble(Entry::bytes));
    int unnamed = 0;
    for (Entry entry : order) {
      Ink ink = entry.best() ? Ink.TEXT : Ink.MUTED;
      String text = TextWidth.fit(entry.name(), Drawing.TEXT_SIZE, plot.area().width() / 2.2);
      var shapes = placer.place(plot.at(entry.bytes(), entry.cost()), text, ink, entry.best());
      shapes.ifPresent(found -> found.forEach(drawing::add));
      unnamed += shapes.isPresent() ? 0 : 1;
    }
    return unnamed;
  }

  private String description(int unnamed) {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.name()).append(": ").append(size.apply(entry.bytes())).append(", ");
      text.append(cost.apply(entry.cost()));
      text.append(entry.best() ? ", beaten by none. " : ". ");
    }
    if (unnamed > 0) {
      text.append(unnamed).append(" names found no room; the table has them.");
    }
    return text.toString().strip();
  }
}
