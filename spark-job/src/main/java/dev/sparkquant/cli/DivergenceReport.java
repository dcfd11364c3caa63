package dev.sparkquant.cli;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.eval.divergence.Distribution;
import dev.sparkquant.eval.divergence.DivergenceStatistics;
import dev.sparkquant.eval.divergence.DivergenceSums;
import dev.sparkquant.eval.divergence.DivergenceText;
import dev.sparkquant.job.DivergenceResult;
import dev.sparkquant.job.ModelScores;
import dev.sparkquant.job.ModelScores.CorpusScores;
import dev.sparkquant.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what an evaluation came to: in llama-perplexity's words, or as JSON. */
final class DivergenceReport {
  private final List<String> names;
  private final DivergenceResult result;

  /**
   * @param names what to call the models
   */
  DivergenceReport(List<String> names, DivergenceResult result) {
    this.names = names;
    this.result = result;
  }

  /** Prints the tables of each model. */
  void print(boolean eachChunk) {
    for (int i = 0; i < names.size(); i++) {
      ModelScores model = result.models().get(i);
      if (model.corpora().size() > 1) {
        for (CorpusScores corpus : model.corpora()) {
          heading(names.get(i) + " on " + corpus.corpus());
          if (eachChunk) {
            printChunks(corpus.chunks());
          }
          System.out.println(DivergenceText.statistics(corpus.statistics()));
        }
        heading(names.get(i) + " on all corpora");
      } else {
        heading(names.get(i));
        if (eachChunk) {
          printChunks(model.corpora().get(0).chunks());
        }
      }
      System.out.println(DivergenceText.statistics(model.statistics()));
    }
    if (names.size() > 1) {
      System.out.print(summary());
    }
    System.out.printf(
        Locale.ROOT,
        "Evaluated %d tokens in %s (%s tokens/s)%s.%n",
        result.tokens(),
        Numbers.duration(result.seconds()),
        Numbers.count(result.tokens() / result.seconds()),
        result.resumedChunks() > 0
            ? "; " + result.resumedChunks() + " chunks came from an earlier run"
            : "");
  }

  private static void heading(String text) {
    System.out.println("### " + PrintableText.of(text, 300));
    System.out.println();
  }

  private static void printChunks(List<ChunkScores> chunks) {
    System.out.println(DivergenceText.chunkHeading());
    DivergenceSums sums = DivergenceSums.NONE;
    for (int i = 0; i < chunks.size(); i++) {
      sums = sums.plus(DivergenceSums.of(chunks.get(i)));
      System.out.println(DivergenceText.chunkLine(i + 1, sums));
    }
    System.out.println();
  }

  /** A row a model, to compare them at a glance. */
  private TextTable summary() {
    TextTable table =
        new TextTable(1, "MODEL", "PPL", "MEAN KLD", "99% KLD", "MAX KLD", "RMS Δp", "SAME TOP");
    for (int i = 0; i < names.size(); i++) {
      DivergenceStatistics statistics = result.models().get(i).statistics();
      DivergenceSums sums = statistics.sums();
      table.row(
          PrintableText.of(names.get(i), 60),
          format("%.4f", sums.perplexity().value()),
          format("%.6f", sums.meanDivergence().value()),
          format("%.6f", statistics.divergence().quantile(0.99)),
          format("%.6f", statistics.divergence().max()),
          format("%.3f %%", 100 * sums.rmsDeltaP().value()),
          format("%.3f %%", 100 * sums.sameTopShare().value()));
    }
    return table;
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  /** The figures of all corpora together, of each model. */
  List<DivergenceStatistics> statistics() {
    return result.models().stream().map(ModelScores::statistics).toList();
  }

  /** The same as an object for {@link Json}. */
  Map<String, Object> json() {
    return Map.of("models", models());
  }

  /** An object with all figures for each model. */
  List<Map<String, Object>> models() {
    List<Map<String, Object>> models = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ModelScores model = result.models().get(i);
      Map<String, Object> figures = figures(names.get(i), model.statistics());
      figures.put("seconds", result.seconds());
      if (model.corpora().size() > 1) {
        figures.put(
            "corpora",
            model.corpora().stream()
                .map(corpus -> figures(corpus.corpus(), corpus.statistics()))
                .toList());
      }
      models.add(figures);
    }
    return models;
  }

  private static Map<String, Object> figures(String name, DivergenceStatistics statistics) {
    DivergenceSums sums = statistics.sums();
    Distribution divergence = statistics.divergence();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", name);
    figures.put("ppl", sums.perplexity().value());
    figures.put("ppl_base", sums.basePerplexity().value());
    figures.put("ln_ppl_ratio", sums.logPerplexityRatio().value());
    figures.put("kld_mean", sums.meanDivergence().value());
    figures.put("kld_mean_se", sums.meanDivergence().error());
    figures.put("kld_max", divergence.max());
    figures.put("kld_p99_9", divergence.quantile(0.999));
    figures.put("kld_p99", divergence.quantile(0.99));
    figures.put("kld_p95", divergence.quantile(0.95));
    figures.put("kld_p90", divergence.quantile(0.9));
    figures.put("kld_median", divergence.median());
    figures.put("kld_p10", divergence.quantile(0.1));
    figures.put("kld_p5", divergence.quantile(0.05));
    figures.put("kld_p1", divergence.quantile(0.01));
    figures.put("kld_min", divergence.min());
    figures.put("dp_mean", sums.meanDeltaP().value());
    figures.put("dp_rms", sums.rmsDeltaP().value());
    figures.put("dp_p99", statistics.deltaP().quantile(0.99));
    figures.put("dp_p1", statistics.deltaP().quantile(0.01));
    figures.put("same_top", sums.sameTopShare().value());
    figures.put("tokens_scored", sums.count());
    return figures;
  }
}
