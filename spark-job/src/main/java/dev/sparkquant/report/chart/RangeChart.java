package dev.sparkquant.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How a figure is distributed: a row a scheme, marks at the same percentiles in each.
 *
 * @param centred whether zero lies in the middle; else equal steps are equal ratios
 * @param axisTitle what the axis shows, with its unit
 * @param label how to write a value
 * @param marks what each row's values are, in their order
 */
public record RangeChart(
    String name,
    String title,
    boolean centred,
    String axisTitle,
    DoubleFunction<String> label,
    List<Statistic> marks,
    List<Row> rows) {

  private static final double ROW_HEIGHT = 30;
  private static final Look[] LOOKS = {
    new Look(Marker.BAR, Ink.TEXT, true),
    new Look(Marker.CIRCLE, Ink.SERIES_2, true),
    new Look(Marker.SQUARE, Ink.SERIES_1, true),
    new Look(Marker.DIAMOND, Ink.SERIES_1, false),
    new Look(Marker.TRIANGLE, Ink.SERIES_4, true),
    new Look(Marker.CROSS, Ink.MUTED, true)
  };

  public RangeChart {
    marks = List.copyOf(marks);
    rows = List.copyOf(rows);
  }

  private record Look(Marker marker, Ink ink, boolean filled) {}

  /**
   * A percentile or mean.
   *
   * @param look the number of its form, from 0 to 5; two of the same form lie on both sides of the
   *     middle
   */
  public record Statistic(String name, int look) {}

  /** A scheme's values, in the order of the statistics. */
  public record Row(String name, List<Double> values) {
    public Row {
      values = List.copyOf(values);
    }
  }

  /** Draws it. */
  public Picture draw(Width width) {
    boolean narrow = width == Width.NARROW;
    Drawing drawing = new Drawing();
    double legend = drawLegend(drawing, width.pixels());
    double widest =
        rows.stream()
            .mapToDouble(row -> TextWidth.of(row.name(), Drawing.TEXT_SIZE, false))
            .max()
            .orElse(0);
    double left = narrow ? 8 : Math.min(widest + 14, 260);
    double rowHeight = narrow ? ROW_HEIGHT + 14 : ROW_HEIGHT;
    double top = legend + 10;
    Rect area = new Rect(left, top, width.pixels() - left - 16, rows.size() * rowHeight);
    Plot plot = new Plot(area, scale(), new LinearScale(0, 1, 1, v -> ""));
    plot.drawHorizontal(drawing);
    if (centred) {
      drawing.line(plot.x(0), top, plot.x(0), top + area.height(), Ink.MUTED, 1);
    }
    for (int i = 0; i < rows.size(); i++) {
      double middle = top + (i + 0.5) * rowHeight;
      String text = TextWidth.fit(rows.get(i).name(), Drawing.TEXT_SIZE, narrow ? 300 : left - 14);
      if (narrow) {
        drawing.add(
            new Shape.Label(
                new Point(left + 2, middle - 10),
                text,
                Drawing.TEXT_SIZE,
                Anchor.START,
                Ink.TEXT,
                false,
                true));
        middle += 8;
      } else {
        drawing.text(left - 10, middle + 4, text, Anchor.END, Ink.TEXT);
      }
      drawRow(drawing, plot, rows.get(i), middle);
    }
    double height = top + area.height() + 46;
    drawing.bold(width.pixels(), height - 6, axisTitle, Anchor.END, Ink.TEXT);
    return drawing.finish(name, width.pixels(), height, title, description());
  }

  private Scale scale() {
    DoubleStream values = rows.stream().flatMap(row -> row.values().stream()).mapToDouble(v -> v);
    if (!centred) {
      return LogScale.of(values);
    }
    double most = values.map(Math::abs).max().orElse(1);
    return new SignedRootScale(most > 0 ? most * 1.06 : 1, label);
  }

  private void drawRow(Drawing drawing, Plot plot, Row row, double y) {
    double[] xs = row.values().stream().mapToDouble(plot::x).toArray();
    drawing.line(
        DoubleStream.of(xs).min().orElse(0),
        y,
        DoubleStream.of(xs).max().orElse(0),
        y,
        Ink.MUTED,
        1.2);
    for (int i = xs.length - 1; i >= 0; i--) {
      Look look = LOOKS[marks.get(i).look()];
      String note =
          row.name() + ", " + marks.get(i).name() + ": " + label.apply(row.values().get(i));
      drawing.mark(new Point(xs[i], y), look.marker(), 4.2, look.ink(), look.filled(), note);
    }
  }

  /** Draws what the marks mean and returns where the room below begins. */
  private double drawLegend(Drawing drawing, double width) {
    double x = 6;
    double y = 12;
    for (int look = 0; look < LOOKS.length; look++) {
      int wanted = look;
      String text =
          String.join(
              " and ",
              marks.stream().filter(mark -> mark.look() == wanted).map(Statistic::name).toList());
      if (text.isEmpty()) {
        continue;
      }
      double needed = 16 + TextWidth.of(text, Drawing.TEXT_SIZE, false);
      if (x + needed > width) {
        x = 6;
        y += 20;
      }
      Look form = LOOKS[look];
      drawing.mark(new Point(x, y - 4), form.marker(), 4.2, form.ink(), form.filled(), null);
      drawing.text(x + 11, y, text, Anchor.START, Ink.MUTED);
      x += needed + 14;
    }
    return y;
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(row.name()).append(": ");
      for (int i = 0; i < marks.size(); i++) {
        text.append(i > 0 ? ", " : "").append(marks.get(i).name()).append(' ');
        text.append(label.apply(row.values().get(i)));
      }
      text.append(". ");
    }
    return text.toString().strip();
  }
}
