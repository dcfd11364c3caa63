package dev.sparkquant.report.html;

import dev.sparkquant.report.chart.RangeChart;
import dev.sparkquant.report.data.Divergence;
import dev.sparkquant.report.data.Percentile;
import dev.sparkquant.report.data.ReportData;
import dev.sparkquant.report.data.SchemeResult;
import dev.sparkquant.report.html.DataTable.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** How divergence and changes of probability are spread over tokens. */
final class SpreadSection implements Section {
  private static final List<Percentile> OF_KLD =
      List.of(Percentile.MEDIAN, Percentile.P90, Percentile.P99, Percentile.P99_9, Percentile.MAX);
  private static final List<Percentile> OF_DELTA_P =
      List.of(
          Percentile.P0_1,
          Percentile.P1,
          Percentile.P10,
          Percentile.P25,
          Percentile.MEDIAN,
          Percentile.P75,
          Percentile.P90,
          Percentile.P99,
          Percentile.P99_9);
  private static final List<RangeChart.Statistic> KLD_MARKS =
      List.of(
          new RangeChart.Statistic("median", 0),
          new RangeChart.Statistic("mean", 1),
          new RangeChart.Statistic("90 %", 2),
          new RangeChart.Statistic("99 %", 3),
          new RangeChart.Statistic("99.9 %", 4),
          new RangeChart.Statistic("maximum", 5));
  private static final List<RangeChart.Statistic> DELTA_P_MARKS =
      List.of(
          new RangeChart.Statistic("0.1 %", 4),
          new RangeChart.Statistic("1 %", 3),
          new RangeChart.Statistic("10 %", 2),
          new RangeChart.Statistic("mean", 1),
          new RangeChart.Statistic("median", 0),
          new RangeChart.Statistic("90 %", 2),
          new RangeChart.Statistic("99 %", 3),
          new RangeChart.Statistic("99.9 %", 4));

  private final List<SchemeResult> schemes;
  private final PicturePair pictures;

  SpreadSection(ReportData data, PicturePair pictures) {
    schemes =
        data.schemes().stream()
            .filter(scheme -> scheme.divergence().isPresent())
            .sorted(Comparator.comparingDouble(s -> s.divergence().orElseThrow().kld().value()))
            .toList();
    this.pictures = pictures;
  }

  @Override
  public void writeTo(Html html) {
    if (schemes.isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "h-spread");
    html.element("h2", "Typical tokens and bad ones", "id", "h-spread");
    html.element(
        "p",
        "A mean hides the tail. KLD says how far a scheme’s prediction of a token is from the"
            + " original’s; Δp how much more or less likely it makes the token that really came"
            + " next, in percentage points.");
    new Views("spread", "Figure to show")
        .add(
            "KLD",
            section ->
                pictures.writeTo(
                    section,
                    new RangeChart(
                            "kld-percentiles",
                            "Percentiles of KLD by scheme",
                            false,
                            "KLD of a token, nats",
                            Figures::significant,
                            KLD_MARKS,
                            rows(SpreadSection::kld))
                        ::draw))
        .add(
            "Δp",
            section ->
                pictures.writeTo(
                    section,
                    new RangeChart(
                            "delta-p-percentiles",
                            "Percentiles of the change of probability by scheme",
                            true,
                            "Δp, percentage points (square-root scale)",
                            SpreadSection::points,
                            DELTA_P_MARKS,
                            rows(SpreadSection::deltaP))
                        ::draw))
        .writeTo(html);
    table("KLD in nats", OF_KLD, Divergence::kldPercentiles, d -> d.kld().value(), 1).writeTo(html);
    table(
            "Δp in percentage points",
            OF_DELTA_P,
            Divergence::deltaPPercentiles,
            d -> d.deltaP().value(),
            100)
        .writeTo(html);
    html.close();
  }

  private List<RangeChart.Row> rows(Function<Divergence, List<Double>> values) {
    return schemes.stream()
        .map(s -> new RangeChart.Row(s.name(), values.apply(s.divergence().orElseThrow())))
        .toList();
  }

  private static List<Double> kld(Divergence d) {
    List<Double> values = new ArrayList<>();
    OF_KLD.forEach(p -> values.add(d.kldPercentiles().get(p)));
    values.add(1, d.kld().value());
    return values;
  }

  private static List<Double> deltaP(Divergence d) {
    List<Double> values = new ArrayList<>();
    for (Percentile p :
        List.of(
            Percentile.P0_1,
            Percentile.P1,
            Percentile.P10,
            Percentile.MEDIAN,
            Percentile.P90,
            Percentile.P99,
            Percentile.P99_9)) {
      values.add(100 * d.deltaPPercentiles().get(p));
    }
    values.add(3, 100 * d.deltaP().value());
    return values;
  }

  private static String points(double value) {
    return value == Math.rint(value) ? Figures.fixed(value, 0) : Figures.significant(value);
  }

  private DataTable table(
      String caption,
      List<Percentile> percentiles,
      Function<Divergence, java.util.Map<Percentile, Double>> values,
      Function<Divergence, Double> mean,
      double factor) {
    List<String> headings = new ArrayList<>(List.of("Scheme", "mean"));
    percentiles.forEach(p -> headings.add(p.label()));
    DataTable table = new DataTable(caption, headings.toArray(String[]::new));
    int decimals = factor == 1 ? 6 : 3;
    for (SchemeResult scheme : schemes) {
      Divergence divergence = scheme.divergence().orElseThrow();
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(scheme.name())));
      double average = factor * mean.apply(divergence);
      cells.add(new Cell(Figures.fixed(average, decimals), average));
      for (Percentile p : percentiles) {
        double value = factor * values.apply(divergence).get(p);
        cells.add(new Cell(Figures.fixed(value, decimals), value));
      }
      table.row(cells);
    }
    return table;
  }
}
