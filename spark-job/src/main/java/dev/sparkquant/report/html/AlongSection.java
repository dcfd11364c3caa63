package dev.sparkquant.report.html;

import dev.sparkquant.report.chart.LineChart;
import dev.sparkquant.report.data.ChunkMeans;
import dev.sparkquant.report.data.ReportData;
import dev.sparkquant.report.data.SchemeResult;
import dev.sparkquant.report.data.TokenFindings.PositionMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Divergence along the context and along the text. */
final class AlongSection implements Section {
  private static final int MOST_POINTS = 96;

  private final ReportData data;
  private final PicturePair pictures;

  AlongSection(ReportData data, PicturePair pictures) {
    this.data = data;
    this.pictures = pictures;
  }

  @Override
  public void writeTo(Html html) {
    if (data.tokens().isEmpty() || data.chunks().isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "h-along");
    html.element("h2", "Along the context, along the text", "id", "h-along");
    html.element(
        "p",
        "Whether more context helps or hurts, and whether one passage decides the mean. Only the"
            + " second half of a chunk is scored, so that every prediction has context.");
    pictures.writeTo(html, byPosition()::draw);
    if (data.chunks().get().chunks().size() > 1) {
      pictures.writeTo(html, byChunk(data.chunks().get())::draw);
    }
    html.close();
  }

  private LineChart byPosition() {
    Map<String, List<PositionMean>> means = data.tokens().orElseThrow().byPosition();
    List<LineChart.Series> series = new ArrayList<>();
    means.forEach(
        (scheme, points) ->
            series.add(
                new LineChart.Series(
                    scheme,
                    points.stream().map(PositionMean::position).toList(),
                    points.stream().map(PositionMean::kld).toList())));
    return new LineChart(
        "kld-by-position",
        "Mean KLD by position in the context",
        "Tokens of context",
        "Mean KLD by position in the context, nats",
        value -> Figures.whole(Math.round(value)),
        Figures::significant,
        List.of(),
        series);
  }

  private LineChart byChunk(ChunkMeans means) {
    List<ChunkMeans.Chunk> chunks = means.chunks();
    int step = (chunks.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<LineChart.Series> series = new ArrayList<>();
    for (SchemeResult scheme : data.schemes()) {
      double[] values = means.of(scheme.name());
      if (values.length != chunks.size()) {
        continue;
      }
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int from = 0; from < chunks.size(); ) {
        int to = from;
        double sum = 0;
        long tokens = 0;
        String corpus = chunks.get(from).corpus();
        while (to < chunks.size() && to < from + step && chunks.get(to).corpus().equals(corpus)) {
          sum += values[to] * chunks.get(to).tokens();
          tokens += chunks.get(to).tokens();
          to++;
        }
        x.add((from + to + 1) / 2.0);
        y.add(sum / tokens);
        from = to;
      }
      series.add(new LineChart.Series(scheme.name(), x, y));
    }
    return new LineChart(
        "kld-by-chunk",
        "Mean KLD along the text",
        "Chunk",
        "Mean KLD along the text, nats",
        value -> value == Math.rint(value) ? Figures.whole(Math.round(value)) : "",
        Figures::significant,
        dividers(chunks),
        series);
  }

  private static List<LineChart.Divider> dividers(List<ChunkMeans.Chunk> chunks) {
    List<LineChart.Divider> dividers = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      if (i == 0 || !chunks.get(i).corpus().equals(chunks.get(i - 1).corpus())) {
        String corpus = chunks.get(i).corpus();
        dividers.add(new LineChart.Divider(i + 1, CorpusName.shortened(corpus)));
      }
    }
    return dividers.size() > 1 ? dividers : List.of();
  }
}
