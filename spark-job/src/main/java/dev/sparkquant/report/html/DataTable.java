package dev.sparkquant.report.html;

import java.util.ArrayList;
import java.util.List;

/** A table whose rows the page's script can sort. The first column names the rows. */
final class DataTable {
  private final String caption;
  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  DataTable(String caption, String... headings) {
    this.caption = caption;
    this.headings = List.of(headings);
  }

  /**
   * A cell.
   *
   * @param value what to sort by; NaN sorts by the text
   */
  record Cell(String text, double value) {
    static Cell of(String text) {
      return new Cell(text, Double.NaN);
    }

    static Cell missing() {
      return new Cell("–", Double.POSITIVE_INFINITY);
    }
  }

  DataTable row(List<Cell> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  private boolean isText(int column) {
    return rows.stream().anyMatch(row -> Double.isNaN(row.get(column).value()));
  }

  void writeTo(Html html) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table", "class", "data");
    html.element("caption", caption);
    html.open("thead").open("tr");
    for (int i = 0; i < headings.size(); i++) {
      html.element("th", headings.get(i), "scope", "col", "class", isText(i) ? "t" : null);
    }
    html.close().close().open("tbody");
    for (List<Cell> row : rows) {
      html.open("tr");
      html.element("th", row.get(0).text(), "scope", "row");
      for (Cell cell : row.subList(1, row.size())) {
        boolean number = !Double.isNaN(cell.value());
        html.element(
            "td",
            cell.text(),
            "class",
            number ? "n" : null,
            "data-v",
            number ? Double.toString(cell.value()) : null);
      }
      html.close();
    }
    html.close().close().close();
  }
}
