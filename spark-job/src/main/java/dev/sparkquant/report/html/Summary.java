package dev.sparkquant.report.html;

import dev.sparkquant.report.Numbers;
import dev.sparkquant.report.data.Divergence;
import dev.sparkquant.report.data.Findings;
import dev.sparkquant.report.data.ReportData;
import dev.sparkquant.report.data.SchemeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page's head: what came out, in a sentence or two, and the run's size in a few figures. */
final class Summary implements Section {
  private final ReportData data;
  private final Findings findings;

  Summary(ReportData data, Findings findings) {
    this.data = data;
    this.findings = findings;
  }

  @Override
  public void writeTo(Html html) {
    html.open("header");
    html.open("p", "class", "brand").text("sparkquant report");
    html.element("button", "Theme: system", "type", "button", "id", "theme", "hidden", "");
    html.close();
    html.element("h1", PageTitle.of(data));
    html.element("p", headline(), "class", "lead");
    for (String sentence : sentences()) {
      html.element("p", sentence);
    }
    tiles(html);
    html.close();
  }

  /** The result in one sentence. */
  String headline() {
    if (findings.bestTrade().isPresent()) {
      SchemeResult best = findings.bestTrade().get();
      return "Best trade of size for quality: " + best.name() + ", which " + keeps(best) + ".";
    }
    if (!findings.measured().isEmpty()) {
      SchemeResult closest = findings.closest();
      return closest.name() + " " + keeps(closest) + ".";
    }
    if (data.schemes().isEmpty()) {
      return "This run made no models and measured none.";
    }
    return data.schemes().stream()
        .filter(scheme -> scheme.bytes().isPresent())
        .map(scheme -> scheme.name() + ": " + size(scheme))
        .collect(Collectors.joining("; ", "", "."));
  }

  private String keeps(SchemeResult scheme) {
    Divergence divergence = scheme.divergence().orElseThrow();
    return "keeps the original’s first choice for "
        + Figures.percent(divergence.sameTop().value(), 1)
        + " of tokens in "
        + size(scheme)
        + " (mean KLD "
        + Figures.significant(divergence.kld().value())
        + " nats)";
  }

  private String size(SchemeResult scheme) {
    double bytes = scheme.bytes().orElseThrow();
    StringBuilder text = new StringBuilder(Numbers.bytes(bytes));
    if (data.run().input() != null && data.run().input().bytes() > 0) {
      text.append(", ").append(Figures.percent(bytes / data.run().input().bytes(), 0));
      text.append(" of its size");
    }
    scheme
        .bitsPerWeight()
        .ifPresent(
            bits -> text.append(", ").append(Figures.fixed(bits, 2)).append(" bits a weight"));
    return text.toString();
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (findings.measured().size() > 1) {
      sentences.add(
          "Smallest: "
              + brief(findings.smallest())
              + ". Closest to the original: "
              + brief(findings.closest())
              + ".");
    }
    List<SchemeResult> beaten = findings.beaten().stream().filter(this::isSurelyBeaten).toList();
    if (!beaten.isEmpty()) {
      sentences.add(
          beaten.stream()
              .map(scheme -> findings.winnerOver(scheme).name() + " beats " + scheme.name())
              .collect(Collectors.joining("; ", "", ": no larger, and closer to the original.")));
    }
    data.schemes().stream()
        .filter(scheme -> scheme.error().isPresent())
        .forEach(s -> sentences.add(s.name() + " was not written: " + s.error().get()));
    if (!data.isMeasured()) {
      sentences.add("No divergence was measured; add --kld --corpus FILE to see what it costs.");
    } else if (findings.measured().isEmpty()) {
      sentences.add("The sizes of the files are not known to this run.");
    }
    return sentences;
  }

  /** Whether the winner's lead is more than noise, as far as that was measured. */
  private boolean isSurelyBeaten(SchemeResult scheme) {
    return data.difference(scheme.name(), findings.winnerOver(scheme).name())
        .map(difference -> !difference.withinNoise())
        .orElse(true);
  }

  private static String brief(SchemeResult scheme) {
    return scheme.name()
        + ", "
        + Numbers.bytes(scheme.bytes().orElseThrow())
        + ", mean KLD "
        + Figures.significant(scheme.divergence().orElseThrow().kld().value());
  }

  private void tiles(Html html) {
    html.open("dl", "class", "tiles");
    var run = data.run();
    if (run.input() != null) {
      tile(html, "Original", Numbers.bytes(run.input().bytes()), OriginSection.form(run.input()));
    }
    tile(
        html,
        "Schemes",
        Integer.toString(data.schemes().size()),
        run.quantize() == null
            ? "made elsewhere"
            : "encoded in " + Numbers.duration(run.quantize().encodeSeconds()));
    if (run.divergence() != null && data.isMeasured()) {
      long tokens =
          data.schemes().stream()
              .flatMap(scheme -> scheme.divergence().stream())
              .mapToLong(Divergence::tokens)
              .max()
              .orElse(0);
      tile(
          html,
          "Measured on",
          Figures.whole(tokens) + " tokens",
          "each with every scheme, in " + Numbers.duration(run.divergence().seconds()));
    }
    html.close();
  }

  private static void tile(Html html, String name, String figure, String more) {
    html.open("div").element("dt", name);
    html.element("dd", figure, "class", "figure").element("dd", more).close();
  }
}
