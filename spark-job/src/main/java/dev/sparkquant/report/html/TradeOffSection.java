package dev.sparkquant.report.html;

import dev.sparkquant.eval.divergence.Estimate;
import dev.sparkquant.report.Numbers;
import dev.sparkquant.report.chart.TradeOffChart;
import dev.sparkquant.report.data.Divergence;
import dev.sparkquant.report.data.Findings;
import dev.sparkquant.report.data.ParetoFront;
import dev.sparkquant.report.data.Percentile;
import dev.sparkquant.report.data.ReportData;
import dev.sparkquant.report.data.SchemeResult;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Size against what it costs: by mean divergence, by its 99th percentile, by perplexity. */
final class TradeOffSection implements Section {
  private final ReportData data;
  private final Findings findings;
  private final PicturePair pictures;

  TradeOffSection(ReportData data, Findings findings, PicturePair pictures) {
    this.data = data;
    this.findings = findings;
    this.pictures = pictures;
  }

  @Override
  public void writeTo(Html html) {
    html.open("section", "aria-labelledby", "h-trade");
    html.element("h2", "What each bit buys", "id", "h-trade");
    if (findings.measured().isEmpty()) {
      html.element(
          "p",
          data.isMeasured()
              ? "The sizes of the files are not known to this run, so there is nothing to draw."
              : "No divergence was measured; add --kld --corpus FILE.");
      html.close();
      return;
    }
    html.open("p");
    html.text(
        "Lower left is better. Filled circles, joined by the line, are beaten by no other scheme;"
            + " for every open diamond there is one at least as small that costs less."
            + " Upright strokes are one standard error, where larger than the mark.");
    html.close();
    new Views("trade", "Cost to show")
        .add(
            "Mean KLD",
            section ->
                chart(section, "size-kld-mean", "mean KLD", d -> d.kld(), Figures::significant))
        .add(
            "99 % KLD",
            section ->
                chart(
                    section,
                    "size-kld-p99",
                    "99 % KLD",
                    d -> new Estimate(d.kldPercentiles().get(Percentile.P99), 0),
                    Figures::significant))
        .add(
            "Perplexity",
            section -> chart(section, "size-ppl", "PPL", d -> d.ppl(), v -> Figures.fixed(v, 2)))
        .writeTo(html);
    findings
        .bestTrade()
        .ifPresent(
            best ->
                html.element(
                    "p",
                    "Best trade: the point of the line farthest below the straight line between its"
                        + " ends, in size and logarithm of mean KLD; here "
                        + best.name()
                        + ".",
                    "class",
                    "note"));
    html.close();
  }

  private void chart(
      Html html,
      String name,
      String cost,
      Function<Divergence, Estimate> figure,
      DoubleFunction<String> label) {
    Set<SchemeResult> front =
        ParetoFront.of(
            findings.measured(),
            s -> s.bytes().orElseThrow(),
            s -> figure.apply(s.divergence().orElseThrow()).value());
    boolean perplexity = cost.equals("PPL");
    double base =
        findings.measured().get(0).divergence().map(d -> d.basePpl().value()).orElse(Double.NaN);
    TradeOffChart chart =
        new TradeOffChart(
            name,
            "File size against " + cost,
            perplexity
                ? "Perplexity"
                : "Mean KLD".equalsIgnoreCase(cost)
                    ? "Mean KLD, nats (log scale)"
                    : "99th percentile of KLD, nats (log scale)",
            !perplexity,
            Numbers::bytes,
            label,
            data.run().input() == null ? 0 : data.run().input().parameters(),
            perplexity ? base : Double.NaN,
            perplexity ? "original " + label.apply(base) : "",
            findings.measured().stream()
                .map(
                    scheme -> {
                      Estimate estimate = figure.apply(scheme.divergence().orElseThrow());
                      return new TradeOffChart.Entry(
                          scheme.name(),
                          scheme.bytes().orElseThrow(),
                          estimate.value(),
                          // A perplexity's own error is that of the text; schemes share it.
                          perplexity ? 0 : estimate.error(),
                          front.contains(scheme));
                    })
                .toList());
    pictures.writeTo(html, chart::draw);
  }
}
