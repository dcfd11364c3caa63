package dev.sparkquant.report.html;

import dev.sparkquant.report.Numbers;
import dev.sparkquant.report.data.Findings;
import dev.sparkquant.report.data.HurtToken;
import dev.sparkquant.report.data.Pieces;
import dev.sparkquant.report.data.ReportData;
import dev.sparkquant.report.data.SchemeResult;
import dev.sparkquant.report.data.TensorGrid;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A scheme at a time: where its bits went, where its error is, the tokens it hurts most. */
final class InsideSection implements Section {
  private final ReportData data;
  private final Findings findings;
  private final PicturePair pictures;
  private final TypeRamp types;

  InsideSection(ReportData data, Findings findings, PicturePair pictures) {
    this.data = data;
    this.findings = findings;
    this.pictures = pictures;
    types = new TypeRamp(data.tensors().values());
  }

  @Override
  public void writeTo(Html html) {
    html.open("section", "aria-labelledby", "h-inside");
    html.element("h2", "Inside each scheme", "id", "h-inside");
    if (data.tensors().isEmpty()) {
      html.element(
          "p",
          "This run quantized nothing, so it does not know types and errors of tensors; 'sparkquant"
              + " sweep' and 'sparkquant quantize' record them.");
    }
    Views views = new Views("inside", "Scheme to show");
    findings.bestTrade().ifPresent(best -> views.showFirst(data.schemes().indexOf(best)));
    FileName names = new FileName();
    for (SchemeResult scheme : data.schemes()) {
      String file = names.of(scheme.name());
      views.add(scheme.name(), section -> writeScheme(section, scheme, file));
    }
    views.writeTo(html);
    html.close();
  }

  private void writeScheme(Html html, SchemeResult scheme, String file) {
    TensorGrid grid = data.tensors().get(scheme.name());
    if (grid != null) {
      LayerMaps maps = new LayerMaps(scheme.name(), file, grid, types);
      html.element("h3", "Where the bits went");
      html.element("p", shares(grid));
      pictures.writeTo(html, maps.types()::draw);
      html.element("h3", "Where the error is");
      html.element(
          "p",
          "Root mean square of the change of weights, relative to the weights. Norms, which stay as"
              + " they are, are left out of both maps.");
      pictures.writeTo(html, maps.errors()::draw);
    }
    data.tokens()
        .map(tokens -> tokens.hurtMost().get(scheme.name()))
        .filter(tokens -> !tokens.isEmpty())
        .ifPresent(tokens -> writeTokens(html, tokens, data.pieces().orElseThrow()));
  }

  /** How the file's bytes are divided among types. */
  private static String shares(TensorGrid grid) {
    Map<String, Long> bytes = new HashMap<>();
    grid.cells()
        .values()
        .forEach(
            layers ->
                layers
                    .values()
                    .forEach(
                        cell ->
                            cell.bytesByType().forEach((t, b) -> bytes.merge(t, b, Long::sum))));
    double all = bytes.values().stream().mapToLong(Long::longValue).sum();
    return bytes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(
            entry ->
                entry.getKey()
                    + " "
                    + Numbers.bytes(entry.getValue())
                    + " ("
                    + Figures.percent(entry.getValue() / all, 1)
                    + ")")
        .collect(Collectors.joining(", ", "", "."));
  }

  private static void writeTokens(Html html, List<HurtToken> tokens, Pieces pieces) {
    html.element("h3", "The tokens hurt most");
    if (!pieces.areKnown()) {
      html.element(
          "p", "The run did not record what tokens stand for: numbers are ids of the vocabulary.");
    }
    html.open("ol", "class", "hurt");
    for (HurtToken token : tokens) {
      html.open("li");
      html.open("p", "class", "quote")
          .open("bdi")
          .text("… " + visible(pieces.text(token.before())).stripLeading());
      html.element("mark", visible(pieces.text(List.of(token.token())))).close().close();
      html.element(
          "p",
          "KLD "
              + Figures.fixed(token.kld(), 3)
              + " nats. This token: "
              + likelihood(token.baseProbability())
              + " likely before, "
              + likelihood(token.probability())
              + " now"
              + (token.sameTop() ? "; first choice the same. " : "; first choice another. ")
              + CorpusName.shortened(token.corpus())
              + ", chunk "
              + (token.chunk() + 1)
              + ", token "
              + (token.position() + 1)
              + ".",
          "class",
          "note");
      html.close();
    }
    html.close();
  }

  private static String likelihood(double share) {
    return share < 0.00005 ? "under 0.01 %" : Figures.percent(share, 2);
  }

  private static String visible(String text) {
    return text.replace("\r", "").replace("\n", "↵ ");
  }
}
