package dev.sparkquant.report.html;

import dev.sparkquant.report.chart.Picture;
import dev.sparkquant.report.chart.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts pictures on the page, laid out for a screen and for a phone, and remembers them. */
final class PicturePair {
  private final List<Picture> drawn = new ArrayList<>();

  /** Writes both layouts; the page's width decides which one shows. */
  void writeTo(Html html, Function<Width, Picture> chart) {
    Picture wide = chart.apply(Width.WIDE);
    drawn.add(wide);
    String id = "p" + drawn.size();
    html.open("div", "class", "wide").picture(wide, id).close();
    html.open("div", "class", "narrow").picture(chart.apply(Width.NARROW), id + "n").close();
  }

  /** The pictures of the page in their wide layout. */
  List<Picture> drawn() {
    return List.copyOf(drawn);
  }
}
