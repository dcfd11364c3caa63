package dev.sparkquant.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class WritersTest {
  private static final String HOSTILE = "\"/><script>alert('x')</script>&\u0000\u202e";

  private static Picture picture() {
    Drawing drawing = new Drawing();
    drawing.box(new Rect(0, 0, 40, 10), 3, Ink.RAMP_4, HOSTILE);
    drawing.line(List.of(new Point(0, 0), new Point(50, 50)), Ink.FRONT, 2, List.of(4.0, 2.0));
    for (Marker marker : Marker.values()) {
      drawing.mark(new Point(60, 30), marker, 5, Ink.SERIES_2, marker == Marker.CIRCLE, HOSTILE);
    }
    drawing.bold(10, 60, HOSTILE, Anchor.START, Ink.TEXT);
    return drawing.finish("hostile", 200, 100, HOSTILE, HOSTILE);
  }

  @Test
  void svgIsWellFormedNamedAndFreeOfForeignMarkup() throws Exception {
    String svg = SvgWriter.file(picture());

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(document.getDocumentElement().getAttribute("aria-labelledby")).isEqualTo("p-t p-d");
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("\"/><script>alert('x')</script>&\\u0000\\u202e");
  }

  @Test
  void pngShowsTheSamePictureAtTwiceTheSize() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();

    PngWriter.write(picture(), png);

    var image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    assertThat(image.getWidth()).isEqualTo((int) (2 * (200 + 2 * Picture.RIM)));
    int inBox = image.getRGB((int) (2 * (20 + Picture.RIM)), (int) (2 * (5 + Picture.RIM)));
    assertThat(String.format("#%06x", inBox & 0xffffff)).isEqualTo(Ink.RAMP_4.light());
    assertThat(String.format("#%06x", image.getRGB(1, 1) & 0xffffff)).isEqualTo("#ffffff");
  }

  @Test
  void inksStandOutFromThePaper() {
    for (Ink ink : List.of(Ink.TEXT, Ink.MUTED, Ink.FRONT, Ink.BEATEN)) {
      assertThat(contrast(ink.light(), Ink.PAPER.light())).as(ink + " light").isGreaterThan(4.5);
      assertThat(contrast(ink.dark(), Ink.PAPER.dark())).as(ink + " dark").isGreaterThan(4.5);
    }
    for (int i = 0; i < Ink.seriesCount(); i++) {
      Ink ink = Ink.series(i);
      assertThat(contrast(ink.light(), Ink.PAPER.light())).as(ink + " light").isGreaterThan(4.5);
      assertThat(contrast(ink.dark(), Ink.PAPER.dark())).as(ink + " dark").isGreaterThan(4.5);
    }
    for (double share = 0; share <= 1; share += 0.125) {
      Ink ink = Ink.ramp(share);
      Ink on = ink.readableOnIt();
      assertThat(contrast(ink.light(), on.light())).as(ink + " light").isGreaterThan(3.5);
      assertThat(contrast(ink.dark(), on.dark())).as(ink + " dark").isGreaterThan(3.5);
    }
  }

  /** The contrast ratio of two colours. Source: WCAG 2.2. */
  private static double contrast(String a, String b) {
    double first = luminance(a);
    double second = luminance(b);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(String color) {
    double[] factors = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += factors[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
