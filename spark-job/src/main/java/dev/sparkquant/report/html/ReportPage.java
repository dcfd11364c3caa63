package dev.sparkquant.report.html;

import dev.sparkquant.report.chart.Picture;
import dev.sparkquant.report.chart.SvgWriter;
import dev.sparkquant.report.data.Findings;
import dev.sparkquant.report.data.ReportData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The page.
 *
 * @param html all of it
 * @param pictures those on it, laid out for a screen
 */
record ReportPage(String html, List<Picture> pictures) {

  static ReportPage of(ReportData data) throws IOException {
    Findings findings = Findings.of(data.schemes());
    PicturePair pictures = new PicturePair();
    String css =
        SvgWriter.styles()
            + Views.styles(Math.max(3, data.schemes().size()))
            + resource("report.css");
    String script = resource("report.js");
    Html html = new Html();
    html.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
            + source(css)
            + "; script-src "
            + source(script));
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.empty("meta", "name", "referrer", "content", "no-referrer");
    html.element("title", PageTitle.of(data) + ": sparkquant report").style(css).close();
    html.open("body").open("main");
    List<Section> sections =
        List.of(
            new Summary(data, findings),
            new TradeOffSection(data, findings, pictures),
            new FiguresSection(data),
            new SpreadSection(data, pictures),
            new InsideSection(data, findings, pictures),
            new AlongSection(data, pictures),
            new OriginSection(data.run()));
    sections.forEach(section -> section.writeTo(html));
    html.close();
    html.element(
        "footer",
        "Made by sparkquant. This page needs no network; its pictures lie beside it as SVG and"
            + " PNG.");
    html.script(script).close().close();
    return new ReportPage(html.finish(), pictures.drawn());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Names a style sheet or script of the page by its hash: nothing else may run. */
  private static String source(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
