package dev.sparkquant.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChartLayoutTest {
  private static final String LONG_NAME = "a-model-with-a-very-long-name-Q4_K_XXXL-".repeat(4);

  @ParameterizedTest
  @EnumSource(Width.class)
  void namesOfCrowdedPointsDoNotOverlap(Width width) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<TradeOffChart.Entry> entries = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        double bytes = 3e9 + 1e9 * random.nextGaussian() * random.nextDouble();
        double kld = 0.01 * Math.exp(random.nextGaussian());
        String name = i == 0 ? LONG_NAME : "scheme-" + i + "_K_M";
        entries.add(new TradeOffChart.Entry(name, bytes, kld, 0.1 * kld, i % 3 == 0));
      }
      Layout.check(chart(entries).draw(width));
    }
  }

  @ParameterizedTest
  @EnumSource(Width.class)
  void fewPointsAllBearTheirNames(Width width) {
    List<TradeOffChart.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      entries.add(new TradeOffChart.Entry("Q" + i, 3e6 + 1e6 * i, 0.1 * Math.pow(0.3, i), 0, true));
    }

    Picture picture = chart(entries).draw(width);

    assertThat(picture.labels())
        .extracting(Shape.Label::text)
        .contains("Q0", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8");
    Layout.check(picture);
  }

  @ParameterizedTest
  @EnumSource(Width.class)
  void oneSchemeIsAPictureToo(Width width) {
    Layout.check(chart(List.of(new TradeOffChart.Entry("Q8_0", 7e6, 0, 0, true))).draw(width));
  }

  @ParameterizedTest
  @EnumSource(Width.class)
  void namesOfLinesThatEndTogetherAreMovedApart(Width width) {
    List<LineChart.Series> series = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      series.add(
          new LineChart.Series("scheme " + i, List.of(1.0, 2.0), List.of(0.01, 0.01 + 1e-5 * i)));
    }

    Layout.check(
        new LineChart(
                "lines",
                "Lines",
                "Chunk",
                "KLD, nats",
                Double::toString,
                Double::toString,
                List.of(),
                series)
            .draw(width));
  }

  @ParameterizedTest
  @EnumSource(Width.class)
  void rangesOfManySchemesDoNotOverlap(Width width) {
    List<RangeChart.Row> rows = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      rows.add(new RangeChart.Row(i == 3 ? LONG_NAME : "scheme " + i, List.of(-3.0, 0.0, 5.0 * i)));
    }

    Layout.check(
        new RangeChart(
                "ranges",
                "Ranges",
                true,
                "Δp, points",
                Double::toString,
                List.of(
                    new RangeChart.Statistic("1 %", 3),
                    new RangeChart.Statistic("median", 0),
                    new RangeChart.Statistic("99 %", 3)),
                rows)
            .draw(width));
  }

  @ParameterizedTest
  @EnumSource(Width.class)
  void aMapOfManyLayersWritesOnlyWhatFits(Width width) {
    Map<Integer, LayerMap.Cell> cells = new HashMap<>();
    for (int layer = 0; layer < 126; layer++) {
      String type = layer % 7 == 0 ? "Q6_K" : "Q4_K";
      cells.put(layer, new LayerMap.Cell(layer % 7 == 0 ? 1 : 0, type, "note"));
    }
    Map<Integer, LayerMap.Cell> whole = Map.of(-1, new LayerMap.Cell(0.5, "Q6_K", "note"));

    Layout.check(
        new LayerMap(
                "map",
                "Types",
                "about",
                126,
                List.of(new LayerMap.Key(0, "Q4_K, 4.50 bits"), new LayerMap.Key(1, "Q6_K")),
                List.of(
                    new LayerMap.Row("token embedding", whole),
                    new LayerMap.Row("attention v", cells)))
            .draw(width));
  }

  private static TradeOffChart chart(List<TradeOffChart.Entry> entries) {
    return new TradeOffChart(
        "size",
        "Size against cost",
        "Mean KLD, nats",
        true,
        bytes -> Math.round(bytes / 1e6) + " MB",
        Double::toString,
        7e6,
        Double.NaN,
        "",
        entries);
  }
}
