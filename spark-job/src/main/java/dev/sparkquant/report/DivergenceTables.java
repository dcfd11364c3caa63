package dev.sparkquant.report;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.eval.divergence.Distribution;
import dev.sparkquant.eval.divergence.DivergenceStatistics;
import dev.sparkquant.eval.divergence.DivergenceSums;
import dev.sparkquant.eval.divergence.Estimate;
import dev.sparkquant.eval.divergence.ScoredPositions;
import dev.sparkquant.job.ModelScores;
import dev.sparkquant.job.ModelScores.CorpusScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.example.data.Group;

/**
 * Writes an evaluation as three Parquet tables: a row for each scored token, for each chunk and for
 * each scheme. Logarithms are natural; differences and shares of probability are fractions of 1.
 */
public final class DivergenceTables {
  private static final ParquetTable TOKENS =
      new ParquetTable(
          """
          message tokens {
            required binary scheme (STRING);
            required binary corpus (STRING);
            required int32 chunk;
            required int32 position;
            required int32 token;
            required double kld;
            required double delta_p;
            required double log_p;
            required double log_p_base;
            required boolean same_top;
          }
          """);

  private static final String FIGURES =
      """
        required int64 tokens;
        required double ppl;
        required double ppl_se;
        required double ppl_base;
        required double ppl_base_se;
        required double ln_ppl_ratio;
        required double ln_ppl_ratio_se;
        required double kld_mean;
        required double kld_mean_se;
        required double dp_mean;
        required double dp_mean_se;
        required double dp_rms;
        required double dp_rms_se;
        required double same_top;
        required double same_top_se;
      """;

  private static final ParquetTable CHUNKS =
      new ParquetTable(
          """
          message chunks {
            required binary scheme (STRING);
            required binary corpus (STRING);
            required int32 chunk;
          """
              + FIGURES
              + "}");

  private static final ParquetTable SCHEMES =
      new ParquetTable(
          """
          message schemes {
            required binary scheme (STRING);
            optional binary corpus (STRING);
          """
              + FIGURES
              + """
                required double ppl_correlation;
                required double kld_max;
                required double kld_p99_9;
                required double kld_p99;
                required double kld_p95;
                required double kld_p90;
                required double kld_median;
                required double kld_p10;
                required double kld_p5;
                required double kld_p1;
                required double kld_p0_1;
                required double kld_min;
                required double dp_max;
                required double dp_p99_9;
                required double dp_p99;
                required double dp_p95;
                required double dp_p90;
                required double dp_p75;
                required double dp_median;
                required double dp_p25;
                required double dp_p10;
                required double dp_p5;
                required double dp_p1;
                required double dp_p0_1;
                required double dp_min;
              }
              """);

  private DivergenceTables() {}

  /**
   * Writes {@code tokens.parquet}, {@code chunks.parquet} and {@code schemes.parquet}. The last has
   * a row without corpus for all corpora together and, if there are several, one for each.
   *
   * @param schemes what to call each model
   * @param contextLength tokens a chunk
   */
  public static void write(
      Path folder, List<String> schemes, List<ModelScores> models, int contextLength)
      throws IOException {
    int first = new ScoredPositions(contextLength).first();
    TOKENS.write(
        folder.resolve("tokens.parquet"),
        rows -> {
          for (int m = 0; m < models.size(); m++) {
            for (CorpusScores corpus : models.get(m).corpora()) {
              for (ChunkScores chunk : corpus.chunks()) {
                for (int i = 0; i < chunk.count(); i++) {
                  Group row = rows.create().append("scheme", schemes.get(m));
                  rows.add(token(row.append("corpus", corpus.corpus()), chunk, i, first));
                }
              }
            }
          }
        });
    CHUNKS.write(
        folder.resolve("chunks.parquet"),
        rows -> {
          for (int m = 0; m < models.size(); m++) {
            for (CorpusScores corpus : models.get(m).corpora()) {
              for (ChunkScores chunk : corpus.chunks()) {
                Group row = rows.create().append("scheme", schemes.get(m));
                row.append("corpus", corpus.corpus()).append("chunk", chunk.chunk());
                rows.add(figures(row, DivergenceSums.of(chunk)));
              }
            }
          }
        });
    SCHEMES.write(
        folder.resolve("schemes.parquet"),
        rows -> {
          for (int m = 0; m < models.size(); m++) {
            ModelScores model = models.get(m);
            rows.add(
                statistics(rows.create().append("scheme", schemes.get(m)), model.statistics()));
            if (model.corpora().size() > 1) {
              for (CorpusScores corpus : model.corpora()) {
                Group row = rows.create().append("scheme", schemes.get(m));
                rows.add(statistics(row.append("corpus", corpus.corpus()), corpus.statistics()));
              }
            }
          }
        });
  }

  /** The scored position {@code i}, as the position of the token that was predicted. */
  private static Group token(Group row, ChunkScores chunk, int i, int first) {
    return row.append("chunk", chunk.chunk())
        .append("position", first + i + 1)
        .append("token", chunk.token(i))
        .append("kld", chunk.divergence(i))
        .append("delta_p", chunk.deltaP(i))
        .append("log_p", chunk.logProbability(i))
        .append("log_p_base", chunk.baseLogProbability(i))
        .append("same_top", chunk.sameTop(i));
  }

  private static Group figures(Group row, DivergenceSums sums) {
    row.append("tokens", sums.count());
    estimate(row, "ppl", sums.perplexity());
    estimate(row, "ppl_base", sums.basePerplexity());
    estimate(row, "ln_ppl_ratio", sums.logPerplexityRatio());
    estimate(row, "kld_mean", sums.meanDivergence());
    estimate(row, "dp_mean", sums.meanDeltaP());
    estimate(row, "dp_rms", sums.rmsDeltaP());
    estimate(row, "same_top", sums.sameTopShare());
    return row;
  }

  private static void estimate(Group row, String name, Estimate estimate) {
    row.append(name, estimate.value()).append(name + "_se", estimate.error());
  }

  private static Group statistics(Group row, DivergenceStatistics statistics) {
    figures(row, statistics.sums()).append("ppl_correlation", statistics.sums().nllCorrelation());
    Distribution divergence = statistics.divergence();
    row.append("kld_max", divergence.max())
        .append("kld_p99_9", divergence.quantile(0.999))
        .append("kld_p99", divergence.quantile(0.99))
        .append("kld_p95", divergence.quantile(0.95))
        .append("kld_p90", divergence.quantile(0.9))
        .append("kld_median", divergence.median())
        .append("kld_p10", divergence.quantile(0.1))
        .append("kld_p5", divergence.quantile(0.05))
        .append("kld_p1", divergence.quantile(0.01))
        .append("kld_p0_1", divergence.quantile(0.001))
        .append("kld_min", divergence.min());
    Distribution deltaP = statistics.deltaP();
    return row.append("dp_max", deltaP.max())
        .append("dp_p99_9", deltaP.quantile(0.999))
        .append("dp_p99", deltaP.quantile(0.99))
        .append("dp_p95", deltaP.quantile(0.95))
        .append("dp_p90", deltaP.quantile(0.9))
        .append("dp_p75", deltaP.quantile(0.75))
        .append("dp_median", deltaP.median())
        .append("dp_p25", deltaP.quantile(0.25))
        .append("dp_p10", deltaP.quantile(0.1))
        .append("dp_p5", deltaP.quantile(0.05))
        .append("dp_p1", deltaP.quantile(0.01))
        .append("dp_p0_1", deltaP.quantile(0.001))
        .append("dp_min", deltaP.min());
  }
}
