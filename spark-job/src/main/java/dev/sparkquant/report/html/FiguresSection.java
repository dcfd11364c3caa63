package dev.sparkquant.report.html;

import dev.sparkquant.report.Numbers;
import dev.sparkquant.report.data.Difference;
import dev.sparkquant.report.data.Divergence;
import dev.sparkquant.report.data.Percentile;
import dev.sparkquant.report.data.ReportData;
import dev.sparkquant.report.data.SchemeResult;
import dev.sparkquant.report.html.DataTable.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The figures of each scheme with their standard errors, and which differences are real. */
final class FiguresSection implements Section {
  private final ReportData data;
  private final List<SchemeResult> ranked;

  FiguresSection(ReportData data) {
    this.data = data;
    ranked = new ArrayList<>(data.schemes());
    ranked.sort(Comparator.comparingDouble(FiguresSection::rank));
  }

  @Override
  public void writeTo(Html html) {
    html.open("section", "aria-labelledby", "h-figures");
    html.element("h2", "Figures", "id", "h-figures");
    if (!data.isMeasured()) {
      sizes().writeTo(html);
      html.close();
      return;
    }
    measured().writeTo(html);
    html.element(
        "p",
        "± is one standard error over tokens. Schemes are compared on the same text, chunk by"
            + " chunk: “Against the next better” tells how much more a scheme diverges than the"
            + " next better one, and calls that noise when the 95 % interval of the paired"
            + " difference holds zero.",
        "class",
        "note");
    corpora(html);
    html.close();
  }

  private static double rank(SchemeResult scheme) {
    return scheme.divergence().map(d -> d.kld().value()).orElse(Double.POSITIVE_INFINITY);
  }

  private DataTable sizes() {
    DataTable table = new DataTable("Sizes", "Scheme", "Size", "Bits a weight", "Of the original");
    for (SchemeResult scheme : data.schemes()) {
      table.row(List.of(Cell.of(scheme.name()), bytes(scheme), bits(scheme), share(scheme)));
    }
    return table;
  }

  private DataTable measured() {
    DataTable table =
        new DataTable(
            "Sizes and divergence from the original",
            "Scheme",
            "Size",
            "Bits a weight",
            "Of the original",
            "Mean KLD, nats",
            "Against the next better",
            "Same first choice, %",
            "RMS Δp, points",
            "ln PPL ratio",
            "Perplexity");
    for (int i = 0; i < ranked.size(); i++) {
      SchemeResult scheme = ranked.get(i);
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(scheme.name()));
      cells.add(bytes(scheme));
      cells.add(bits(scheme));
      cells.add(share(scheme));
      if (scheme.divergence().isPresent()) {
        cells.addAll(figures(scheme.divergence().get()));
        cells.add(5, Cell.of(i == 0 ? "closest of all" : against(scheme, ranked.get(i - 1))));
      } else {
        cells.addAll(Collections.nCopies(5, Cell.missing()));
        cells.add(5, Cell.of(scheme.error().map(e -> "not written").orElse("not measured")));
      }
      table.row(cells);
    }
    return table;
  }

  private static List<Cell> figures(Divergence d) {
    return List.of(
        new Cell(Figures.estimate(d.kld(), 1, 6), d.kld().value()),
        new Cell(Figures.estimate(d.sameTop(), 100, 2), d.sameTop().value()),
        new Cell(Figures.estimate(d.rmsDeltaP(), 100, 3), d.rmsDeltaP().value()),
        new Cell(Figures.estimate(d.logPplRatio(), 1, 5), d.logPplRatio().value()),
        new Cell(Figures.estimate(d.ppl(), 1, 3), d.ppl().value()));
  }

  /** How sure it is that a scheme diverges more than a better one. */
  private String against(SchemeResult scheme, SchemeResult better) {
    Optional<Difference> paired = data.difference(scheme.name(), better.name());
    if (paired.isPresent()) {
      Difference difference = paired.get();
      return difference.withinNoise()
          ? "within the noise of " + better.name()
          : "+"
              + Figures.fixed(difference.value(), 6)
              + " ± "
              + Figures.fixed(difference.error(), 6);
    }
    Divergence first = scheme.divergence().orElseThrow();
    Divergence second = better.divergence().orElseThrow();
    double value = first.kld().value() - second.kld().value();
    // One chunk has no scatter between chunks: the two errors together are an upper bound.
    double error = Math.hypot(first.kld().error(), second.kld().error());
    return value <= 2 * error
        ? "one chunk is too little to tell it from " + better.name()
        : "+" + Figures.fixed(value, 6) + " ± at most " + Figures.fixed(error, 6);
  }

  private void corpora(Html html) {
    List<String> names =
        data.schemes().stream()
            .flatMap(scheme -> scheme.byCorpus().keySet().stream())
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return;
    }
    DataTable table =
        new DataTable(
            "Each text alone",
            "Scheme",
            "Text",
            "Tokens",
            "Mean KLD, nats",
            "99 % KLD, nats",
            "Same first choice, %",
            "Perplexity");
    for (SchemeResult scheme : ranked) {
      for (String name : names) {
        Divergence d = scheme.byCorpus().get(name);
        if (d != null) {
          table.row(
              List.of(
                  Cell.of(scheme.name()),
                  Cell.of(CorpusName.shortened(name)),
                  new Cell(Figures.whole(d.tokens()), d.tokens()),
                  new Cell(Figures.estimate(d.kld(), 1, 6), d.kld().value()),
                  new Cell(
                      Figures.fixed(d.kldPercentiles().get(Percentile.P99), 6),
                      d.kldPercentiles().get(Percentile.P99)),
                  new Cell(Figures.estimate(d.sameTop(), 100, 2), d.sameTop().value()),
                  new Cell(Figures.estimate(d.ppl(), 1, 3), d.ppl().value())));
        }
      }
    }
    html.element("h3", "Each text alone");
    table.writeTo(html);
  }

  private static Cell bytes(SchemeResult scheme) {
    return scheme.bytes().isEmpty()
        ? Cell.missing()
        : new Cell(Numbers.bytes(scheme.bytes().getAsLong()), scheme.bytes().getAsLong());
  }

  private static Cell bits(SchemeResult scheme) {
    return scheme.bitsPerWeight().isEmpty()
        ? Cell.missing()
        : new Cell(
            Figures.fixed(scheme.bitsPerWeight().getAsDouble(), 3),
            scheme.bitsPerWeight().getAsDouble());
  }

  private Cell share(SchemeResult scheme) {
    if (scheme.bytes().isEmpty() || data.run().input() == null || data.run().input().bytes() < 1) {
      return Cell.missing();
    }
    double share = (double) scheme.bytes().getAsLong() / data.run().input().bytes();
    return new Cell(Figures.percent(share, 1), share);
  }
}
