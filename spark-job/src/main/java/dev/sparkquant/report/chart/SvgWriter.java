package dev.sparkquant.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes pictures as SVG. Colours are classes, so that a style sheet can turn them for the dark.
 */
public final class SvgWriter {
  private static final String FONT =
      "system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif";

  private SvgWriter() {}

  /** A file of its own: with its colours, for light and dark. */
  public static String file(Picture picture) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + svg(picture, "p", "<style>" + styles() + "</style>", true)
        + "\n";
  }

  /**
   * An element of a page, which has to contain {@link #styles}.
   *
   * @param id a name for it that no other element of the page has
   */
  public static String element(Picture picture, String id) {
    return svg(picture, id, "", false);
  }

  /**
   * The rules that give inks their colours on a page: as the system prefers, or as the root
   * element's {@code data-theme} says; on paper always light.
   */
  public static String styles() {
    return variables(":root", false)
        + "@media screen and (prefers-color-scheme:dark){"
        + variables(":root:not([data-theme=light])", true)
        + "}@media screen{"
        + variables(":root[data-theme=dark]", true)
        + "}"
        + classes();
  }

  private static String variables(String selector, boolean dark) {
    StringBuilder css = new StringBuilder(selector).append('{');
    for (Ink ink : Ink.values()) {
      css.append("--").append(ink.css()).append(':').append(dark ? ink.dark() : ink.light());
      css.append(';');
    }
    return css.append('}').toString();
  }

  private static String classes() {
    StringBuilder css = new StringBuilder();
    for (Ink ink : Ink.values()) {
      css.append(".f-").append(ink.css()).append("{fill:var(--").append(ink.css()).append(")}");
      css.append(".s-").append(ink.css()).append("{stroke:var(--").append(ink.css()).append(")}");
    }
    return css.append("svg .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3px}")
        .append("svg .b{font-weight:600}")
        .append("svg text{font-family:" + FONT + "}")
        .toString();
  }

  private static String svg(Picture picture, String id, String style, boolean alone) {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\"");
    double rim = alone ? Picture.RIM : 0;
    double width = picture.width() + 2 * rim;
    double height = picture.height() + 2 * rim;
    svg.append(format(" viewBox=\"%s %s", number(-rim), number(-rim)));
    svg.append(format(" %s %s\"", number(width), number(height)));
    svg.append(format(" width=\"%s\" height=\"%s\"", number(width), number(height)));
    svg.append(format(" role=\"img\" aria-labelledby=\"%s-t %s-d\">", id, id));
    svg.append(format("<title id=\"%s-t\">%s</title>", id, PlainText.escape(picture.title())));
    svg.append(format("<desc id=\"%s-d\">%s</desc>", id, PlainText.escape(picture.description())));
    svg.append(style);
    if (alone) {
      append(svg, new Shape.Box(new Rect(-rim, -rim, width, height), 0, Ink.PAPER, null));
    }
    picture.shapes().forEach(shape -> append(svg, shape));
    return svg.append("</svg>").toString();
  }

  private static void append(StringBuilder svg, Shape shape) {
    if (shape instanceof Shape.Box box) {
      append(svg, box);
    } else if (shape instanceof Shape.Line line) {
      append(svg, line);
    } else if (shape instanceof Shape.Mark mark) {
      append(svg, mark);
    } else if (shape instanceof Shape.Label label) {
      append(svg, label);
    }
  }

  private static void append(StringBuilder svg, Shape.Box box) {
    Rect r = box.place();
    svg.append(format("<rect x=\"%s\" y=\"%s\"", number(r.x()), number(r.y())));
    svg.append(format(" width=\"%s\" height=\"%s\"", number(r.width()), number(r.height())));
    if (box.radius() > 0) {
      svg.append(format(" rx=\"%s\"", number(box.radius())));
    }
    svg.append(format(" class=\"f-%s\"", box.fill().css()));
    close(svg, "rect", box.note());
  }

  private static void append(StringBuilder svg, Shape.Line line) {
    svg.append(format("<path d=\"%s\" fill=\"none\"", path(line.points(), false)));
    svg.append(format(" class=\"s-%s\"", line.ink().css()));
    svg.append(format(" stroke-width=\"%s\" stroke-linejoin=\"round\"", number(line.width())));
    if (!line.dashes().isEmpty()) {
      svg.append(" stroke-dasharray=\"");
      svg.append(line.dashes().stream().map(SvgWriter::number).collect(Collectors.joining(" ")));
      svg.append('"');
    }
    close(svg, "path", null);
  }

  private static void append(StringBuilder svg, Shape.Mark mark) {
    String inks =
        mark.filled()
            ? format("class=\"f-%s s-paper\" stroke-width=\"1\"", mark.ink().css())
            : format("class=\"f-paper s-%s\" stroke-width=\"1.8\"", mark.ink().css());
    if (mark.marker() == Marker.CIRCLE) {
      svg.append(format("<circle cx=\"%s\"", number(mark.at().x())));
      svg.append(format(" cy=\"%s\" r=\"%s\" ", number(mark.at().y()), number(mark.size())));
      svg.append(inks);
      close(svg, "circle", mark.note());
      return;
    }
    boolean open = MarkerOutline.isOpen(mark.marker());
    svg.append("<path d=\"");
    MarkerOutline.of(mark).forEach(points -> svg.append(path(points, !open)));
    svg.append("\" ");
    svg.append(
        open ? format("fill=\"none\" class=\"s-%s\" stroke-width=\"2\"", mark.ink().css()) : inks);
    close(svg, "path", mark.note());
  }

  private static void append(StringBuilder svg, Shape.Label label) {
    svg.append(format("<text x=\"%s\"", number(label.at().x())));
    svg.append(format(" y=\"%s\"", number(label.at().y())));
    svg.append(format(" font-size=\"%s\"", number(label.size())));
    if (label.anchor() != Anchor.START) {
      svg.append(format(" text-anchor=\"%s\"", label.anchor().name().toLowerCase(Locale.ROOT)));
    }
    svg.append(format(" class=\"f-%s", label.ink().css()));
    svg.append(label.bold() ? " b" : "").append(label.halo() ? " halo\">" : "\">");
    svg.append(PlainText.escape(label.text())).append("</text>");
  }

  /** Ends an element, with what to say of it when someone points at it. */
  private static void close(StringBuilder svg, String element, String note) {
    if (note == null) {
      svg.append("/>");
    } else {
      svg.append(format("><title>%s</title></%s>", PlainText.escape(note), element));
    }
  }

  private static String path(List<Point> points, boolean closed) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? 'M' : 'L');
      path.append(number(point.x())).append(' ').append(number(point.y()));
    }
    return path.append(closed ? "Z" : "").toString();
  }

  /** A number with at most one digit after the point. */
  private static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
