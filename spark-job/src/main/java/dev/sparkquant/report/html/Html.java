package dev.sparkquant.report.html;

import dev.sparkquant.report.chart.Picture;
import dev.sparkquant.report.chart.PlainText;
import dev.sparkquant.report.chart.SvgWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML that is well-formed XML too, so that any parser finds what is wrong with it. Whatever
 * is given as text or as an attribute is escaped.
 */
final class Html {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; a null value leaves the attribute out
   */
  Html open(String element, String... attributes) {
    start(element, attributes);
    open.push(element);
    return this;
  }

  /** Ends the element begun last. */
  Html close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  Html text(String text) {
    out.append(PlainText.escape(text));
    return this;
  }

  /** An element with text only. */
  Html element(String element, String text, String... attributes) {
    start(element, attributes);
    out.append(PlainText.escape(text)).append("</").append(element).append('>');
    return this;
  }

  /** An element that has no content and no end. */
  Html empty(String element, String... attributes) {
    start(element, attributes);
    out.insert(out.length() - 1, '/');
    return this;
  }

  /**
   * A picture as part of the page.
   *
   * @param id a name for it that nothing else on the page has
   */
  Html picture(Picture picture, String id) {
    out.append(SvgWriter.element(picture, id)).append('\n');
    return this;
  }

  /** The page's own style sheet. */
  Html style(String css) {
    out.append("<style>").append(css).append("</style>\n");
    return this;
  }

  /** The page's own script. */
  Html script(String script) {
    out.append("<script>").append(script).append("</script>\n");
    return this;
  }

  /** The page, once all elements are closed. */
  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Not closed: " + open);
    }
    return "<!DOCTYPE html>\n" + out;
  }

  private void start(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value != null) {
        out.append(' ').append(attributes[i]);
        out.append("=\"").append(PlainText.escape(value)).append('"');
      }
    }
    out.append('>');
  }
}
