package dev.sparkquant.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * A figure along something: a line a scheme, on a scale of ratios, its name at its end.
 *
 * @param x how to write a place along
 * @param y how to write a value
 * @param dividers where sections begin, with their names; empty if there is one only
 */
public record LineChart(
    String name,
    String title,
    String xTitle,
    String yTitle,
    DoubleFunction<String> x,
    DoubleFunction<String> y,
    List<Divider> dividers,
    List<Series> series) {

  private static final double LABEL_STEP = 15;
  private static final List<List<Double>> DASHES =
      List.of(List.of(), List.of(7.0, 3.0), List.of(2.0, 3.0), List.of(9.0, 3.0, 2.0, 3.0));

  public LineChart {
    dividers = List.copyOf(dividers);
    series = List.copyOf(series);
  }

  /** Where a section begins. */
  public record Divider(double x, String name) {}

  /** One scheme's values, ascending in x. */
  public record Series(String name, List<Double> x, List<Double> y) {
    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
    }
  }

  /** Draws it. */
  public Picture draw(Width width) {
    boolean narrow = width == Width.NARROW;
    double longest =
        series.stream()
            .mapToDouble(s -> TextWidth.of(s.name(), Drawing.TEXT_SIZE, false))
            .max()
            .orElse(0);
    double right = Math.min(longest, narrow ? 110 : 220) + 20;
    double top = dividers.isEmpty() ? 30 : 46;
    double height = Math.max(narrow ? 340 : 400, top + 44 + series.size() * LABEL_STEP);
    Rect area = new Rect(50, top, width.pixels() - 50 - right, height - top - 44);
    Plot plot = new Plot(area, along(narrow), LogScale.of(values()));
    Drawing drawing = new Drawing();
    plot.drawVertical(drawing);
    plot.drawHorizontal(drawing);
    drawDividers(drawing, plot);
    drawing.bold(0, 13, yTitle, Anchor.START, Ink.TEXT);
    drawing.bold(area.x() + area.width(), height - 6, xTitle, Anchor.END, Ink.TEXT);
    for (int i = 0; i < series.size(); i++) {
      List<Point> points = points(plot, series.get(i));
      if (points.size() == 1) {
        drawing.mark(points.get(0), Marker.CIRCLE, 3, Ink.series(i), true, series.get(i).name());
      }
      drawing.line(points, Ink.series(i), 1.8, dashes(i));
    }
    drawNames(drawing, plot, right - 20);
    return drawing.finish(name, width.pixels(), height, title, description());
  }

  private static List<Double> dashes(int i) {
    return DASHES.get(i / Ink.seriesCount() % DASHES.size());
  }

  private DoubleStream values() {
    return series.stream().flatMap(s -> s.y().stream()).mapToDouble(v -> v);
  }

  private Scale along(boolean narrow) {
    double[] places = series.stream().flatMap(s -> s.x().stream()).mapToDouble(v -> v).toArray();
    return LinearScale.around(
        DoubleStream.of(places).min().orElse(0),
        DoubleStream.of(places).max().orElse(1),
        0,
        narrow ? 4 : 8,
        x);
  }

  private static List<Point> points(Plot plot, Series series) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < series.x().size(); i++) {
      points.add(plot.at(series.x().get(i), series.y().get(i)));
    }
    return points;
  }

  private void drawDividers(Drawing drawing, Plot plot) {
    Rect area = plot.area();
    for (int i = 0; i < dividers.size(); i++) {
      double from = plot.x(dividers.get(i).x());
      double to =
          i + 1 < dividers.size() ? plot.x(dividers.get(i + 1).x()) : area.x() + area.width();
      drawing.line(from, area.y() - 16, from, area.y() + area.height(), Ink.MUTED, 1);
      String text = TextWidth.fit(dividers.get(i).name(), Drawing.TEXT_SIZE, to - from - 10);
      drawing.text(from + 5, area.y() - 6, text, Anchor.START, Ink.MUTED);
    }
  }

  /** Writes names at the lines' ends, moved apart where lines end close together. */
  private void drawNames(Drawing drawing, Plot plot, double room) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      order.add(i);
    }
    Comparator<Integer> byHeight = Comparator.comparingDouble(i -> end(plot, i).y());
    order.sort(byHeight);
    double[] places = order.stream().mapToDouble(i -> end(plot, i).y()).toArray();
    Rect area = plot.area();
    spread(places, area.y() + 4, area.y() + area.height() - 2);
    for (int k = 0; k < places.length; k++) {
      int i = order.get(k);
      Point end = end(plot, i);
      double left = area.x() + area.width() + 14;
      drawing.line(end.x() + 1, end.y(), left - 3, places[k], Ink.series(i), 0.8);
      String text = TextWidth.fit(series.get(i).name(), Drawing.TEXT_SIZE, room);
      drawing.text(left, places[k] + 4, text, Anchor.START, Ink.series(i));
    }
  }

  private Point end(Plot plot, int i) {
    Series line = series.get(i);
    int last = line.x().size() - 1;
    return plot.at(line.x().get(last), line.y().get(last));
  }

  /** Moves ascending places so that neighbours are a label apart and all lie between two ends. */
  static void spread(double[] places, double low, double high) {
    for (int i = 0; i < places.length; i++) {
      double least = i == 0 ? low : places[i - 1] + LABEL_STEP;
      places[i] = Math.max(places[i], least);
    }
    for (int i = places.length - 1; i >= 0; i--) {
      double most = i == places.length - 1 ? high : places[i + 1] - LABEL_STEP;
      places[i] = Math.min(places[i], most);
    }
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Series line : series) {
      double least = line.y().stream().mapToDouble(v -> v).min().orElse(0);
      double most = line.y().stream().mapToDouble(v -> v).max().orElse(0);
      text.append(line.name()).append(": from ").append(y.apply(least)).append(" to ");
      text.append(y.apply(most)).append(". ");
    }
    return text.toString().strip();
  }
}
