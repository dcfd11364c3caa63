package dev.sparkquant.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What holds for the layout of every picture. */
final class Layout {
  private Layout() {}

  /** No two texts lie on each other, and none reaches out of the picture. */
  static void check(Picture picture) {
    List<Shape.Label> labels = picture.labels();
    Rect page = new Rect(-1, -1, picture.width() + 2, picture.height() + 2);
    for (int i = 0; i < labels.size(); i++) {
      Rect place = labels.get(i).place();
      assertThat(page.contains(place))
          .as("'%s' at %s within %s", labels.get(i).text(), place, page)
          .isTrue();
      for (Shape.Label other : labels.subList(i + 1, labels.size())) {
        assertThat(place.overlaps(other.place()))
            .as("'%s' overlaps '%s'", labels.get(i).text(), other.text())
            .isFalse();
      }
    }
  }
}
