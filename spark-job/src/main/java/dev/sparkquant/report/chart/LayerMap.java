package dev.sparkquant.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What each part of a model became: a row a role, a column a layer, a colour and a word a cell.
 * Neighbours in a row that say the same are drawn as one.
 *
 * @param layers how many columns
 * @param legend what the colours mean, from little to much
 */
public record LayerMap(
    String name, String title, String about, int layers, List<Key> legend, List<Row> rows) {

  private static final double ROW_HEIGHT = 26;

  public LayerMap {
    legend = List.copyOf(legend);
    rows = List.copyOf(rows);
  }

  /** A colour of the legend: its place on the ramp from 0 to 1, and what it stands for. */
  public record Key(double share, String text) {}

  /**
   * What one cell says.
   *
   * @param share its colour, from 0 for little to 1 for much
   * @param text what is written there if it fits
   * @param note what to say when someone points at it
   */
  public record Cell(double share, String text, String note) {}

  /**
   * A role.
   *
   * @param cells by layer; a role outside of the layers has one cell, at -1, as wide as all
   */
  public record Row(String role, Map<Integer, Cell> cells) {
    public Row {
      cells = Map.copyOf(cells);
    }
  }

  /** Draws it. */
  public Picture draw(Width width) {
    boolean narrow = width == Width.NARROW;
    Drawing drawing = new Drawing();
    double legendEnd = drawLegend(drawing, width.pixels());
    double left = narrow ? 122 : 150;
    double column = (width.pixels() - left - 4) / Math.max(1, layers);
    double y = legendEnd + 14;
    for (Row row : rows) {
      String role = TextWidth.fit(row.role(), Drawing.TEXT_SIZE, left - 8);
      drawing.text(left - 8, y + 17, role, Anchor.END, Ink.TEXT);
      drawRow(drawing, row, left, y, column);
      y += ROW_HEIGHT;
    }
    drawLayers(drawing, left, y + 14, column);
    return drawing.finish(name, width.pixels(), y + 40, title, about);
  }

  private void drawRow(Drawing drawing, Row row, double left, double y, double column) {
    Cell whole = row.cells().get(-1);
    if (whole != null) {
      drawCell(drawing, whole, left, y, column * Math.max(1, layers));
      return;
    }
    for (int from = 0; from < layers; ) {
      Cell cell = row.cells().get(from);
      int to = from + 1;
      while (to < layers && same(cell, row.cells().get(to))) {
        to++;
      }
      if (cell != null) {
        Cell run = to - from > 1 ? new Cell(cell.share(), cell.text(), note(row, from, to)) : cell;
        drawCell(drawing, run, left + from * column, y, (to - from) * column);
      }
      from = to;
    }
  }

  private static boolean same(Cell a, Cell b) {
    return a == null ? b == null : b != null && Objects.equals(a.text(), b.text());
  }

  private static String note(Row row, int from, int to) {
    return row.role()
        + ", layers "
        + from
        + " to "
        + (to - 1)
        + ": "
        + row.cells().get(from).text();
  }

  private static void drawCell(Drawing drawing, Cell cell, double x, double y, double width) {
    Ink fill = Ink.ramp(cell.share());
    double gap = Math.min(2, width * 0.12);
    drawing.box(
        new Rect(x, y + 1, Math.max(width - gap, 0.5), ROW_HEIGHT - 3),
        Math.min(3, width / 6),
        fill,
        cell.note());
    double size = 11;
    if (TextWidth.of(cell.text(), size, false) <= width - gap - 2) {
      drawing.add(
          new Shape.Label(
              new Point(x + (width - gap) / 2, y + 16.5),
              cell.text(),
              size,
              Anchor.MIDDLE,
              fill.readableOnIt(),
              false,
              false));
    }
  }

  private void drawLayers(Drawing drawing, double left, double y, double column) {
    List<Rect> taken = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Shape.Label label =
          new Shape.Label(
              new Point(left + (layer + 0.5) * column, y),
              Integer.toString(layer),
              Drawing.TEXT_SIZE,
              Anchor.MIDDLE,
              Ink.MUTED,
              false,
              false);
      Rect place = label.place();
      Rect wanted = new Rect(place.x() - 4, place.y(), place.width() + 8, place.height());
      if (wanted.x() + wanted.width() < left + layers * column + 8
          && taken.stream().noneMatch(wanted::overlaps)) {
        taken.add(wanted);
        drawing.add(label);
      }
    }
    if (layers > 0) {
      drawing.bold(left + layers * column, y + 18, "Layer", Anchor.END, Ink.TEXT);
    }
  }

  private double drawLegend(Drawing drawing, double width) {
    double x = 0;
    double y = 12;
    for (Key key : legend) {
      double needed = 18 + TextWidth.of(key.text(), Drawing.TEXT_SIZE, false);
      if (x + needed > width) {
        x = 0;
        y += 20;
      }
      drawing.box(new Rect(x, y - 10, 12, 12), 2, Ink.ramp(key.share()), null);
      drawing.text(x + 17, y, key.text(), Anchor.START, Ink.MUTED);
      x += needed + 12;
    }
    return y;
  }
}
