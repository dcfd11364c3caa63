package dev.sparkquant.report.html;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.job.ModelScores;
import dev.sparkquant.job.TensorOutcome;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.OutputTensor;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.report.DivergenceTables;
import dev.sparkquant.report.RunRecord;
import dev.sparkquant.report.TensorTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A run's folder as jobs leave it, made up: random figures, the names that a test wants. */
record SampleRun(Path folder, List<String> names, String corpus, String model) {
  private static final int CONTEXT = 64;

  /** The record and the tables of what was asked for. */
  void write(boolean quantized, boolean measured) throws IOException {
    List<RunRecord.Output> outputs = new ArrayList<>();
    List<TensorOutcome> tensors = new ArrayList<>();
    List<ModelScores> scores = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String path = "/out/" + i + ".gguf";
      outputs.add(
          new RunRecord.Output(
              names.get(i),
              quantized ? names.get(i) : null,
              i == 0 ? "name: " + names.get(i) : null,
              List.of("--x", names.get(i)),
              List.of(path),
              1_000_000L * (i + 2),
              2.5 + i,
              true,
              null));
      addTensors(tensors, names.get(i), path, i);
      scores.add(scores(path, 0.1 * Math.pow(0.4, i), new Random(i)));
    }
    new RunRecord(
            RunRecord.FORMAT,
            new RunRecord.Software("0.1.0", "abc1234"),
            List.of("sweep", "--input", model),
            "2026-11-24T01:02:03Z",
            new RunRecord.Environment("17", "4.2.0", "Linux", "a cpu", 2, "local[2]", "vector"),
            new RunRecord.Input(
                List.of(new RunRecord.InputFile(model, 10, "00ff")),
                model,
                "llama",
                2L,
                8_000_000,
                16_000_000),
            outputs,
            quantized ? new RunRecord.Quantization(1, 2, 3, 0) : null,
            measured
                ? new RunRecord.Divergence(
                    model,
                    CONTEXT,
                    List.of(new RunRecord.CorpusText(corpus, corpus, 4, 4 * CONTEXT)),
                    5,
                    List.of())
                : null)
        .write(folder);
    if (quantized) {
      TensorTable.write(folder.resolve("tensors.parquet"), tensors);
    }
    if (measured) {
      DivergenceTables.write(folder, names, scores, CONTEXT);
    }
  }

  private ModelScores scores(String path, double level, Random random) {
    List<ChunkScores> chunks = new ArrayList<>();
    int count = CONTEXT - 1 - CONTEXT / 2;
    for (int chunk = 0; chunk < 4; chunk++) {
      int[] tokens = new int[count];
      double[] kld = new double[count];
      double[] log = new double[count];
      double[] base = new double[count];
      boolean[] same = new boolean[count];
      for (int i = 0; i < count; i++) {
        tokens[i] = (chunk * count + i) % 7;
        kld[i] = level * random.nextDouble();
        base[i] = -3 * random.nextDouble();
        log[i] = base[i] - level * random.nextGaussian();
        same[i] = random.nextDouble() > level;
      }
      chunks.add(new ChunkScores(chunk, tokens, kld, log, base, same));
    }
    return new ModelScores(path, List.of(new ModelScores.CorpusScores(corpus, chunks)));
  }

  private static void addTensors(
      List<TensorOutcome> tensors, String scheme, String path, int seed) {
    OutputFile file = new OutputFile(scheme, path, Metadata.empty(), List.of(), 0, 0);
    for (String name :
        List.of(
            "token_embd.weight", "blk.0.attn_q.weight", "blk.1.attn_q.weight", "output.weight")) {
      GgmlType type = name.startsWith("blk.1") ? GgmlType.Q6_K : GgmlType.Q4_K;
      tensors.add(
          new TensorOutcome(
              file,
              new OutputTensor(0, new TensorInfo(name, type, List.of(256L, 4L), 0), 0),
              new SourceTensor(name, "in", 0, GgmlType.BF16, false, 256, 4, 4),
              "00000000",
              100,
              1 + seed,
              0.5,
              1000));
    }
  }
}
