package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.eval.divergence.Corpus;
import dev.sparkquant.eval.divergence.DivergenceEvaluator;
import dev.sparkquant.eval.divergence.EvaluationException;
import dev.sparkquant.eval.divergence.LogitsFileException;
import dev.sparkquant.eval.divergence.LogitsFileWriter;
import dev.sparkquant.eval.divergence.LogitsHeader;
import dev.sparkquant.eval.model.ModelException;
import dev.sparkquant.gguf.GgufException;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.kernels.linalg.Workers;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * What an executor does with one task: take a group of chunks through all models, with as many
 * threads as {@code spark.task.cpus} gives it.
 */
final class DivergenceTask extends AbstractFunction1<Iterator<ChunkGroup>, DivergenceOutcome>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<DivergenceOrder> order;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final int tasksEachProcess;

  /**
   * @param hadoop the driver's settings
   * @param tasksEachProcess tasks that share an executor's memory
   */
  DivergenceTask(
      Broadcast<DivergenceOrder> order,
      Broadcast<SerializableConfiguration> hadoop,
      int tasksEachProcess) {
    this.order = order;
    this.hadoop = hadoop;
    this.tasksEachProcess = tasksEachProcess;
  }

  @Override
  public DivergenceOutcome apply(Iterator<ChunkGroup> groups) {
    Storage storage = new Storage(hadoop.value().value());
    try (Workers workers = new Workers(TaskContext.get().cpus());
        OpenModels models = new OpenModels(order.value(), storage, workers)) {
      return new DivergenceOutcome(evaluate(groups.next(), models), null);
    } catch (ModelException | EvaluationException | GgufException | LogitsFileException e) {
      return new DivergenceOutcome(List.of(), e.getMessage());
    } catch (IOException e) {
      throw new TaskIoException(e);
    }
  }

  private List<ChunkOutcome> evaluate(ChunkGroup group, OpenModels models) throws IOException {
    TokenizedCorpus text = order.value().corpora().get(group.corpus());
    Corpus corpus =
        models.baseLogits() == null ? text.corpus() : models.baseLogits().corpus(text.firstToken());
    DivergenceEvaluator evaluator = models.evaluator();
    int most =
        TaskMemory.ofThisProcess(tasksEachProcess)
            .chunksAtOnce(group.chunks(), chunks -> evaluator.bytes(text.contextLength(), chunks));
    List<ChunkOutcome> outcomes = new ArrayList<>();
    for (int done = 0; done < group.chunks(); done += most) {
      int first = group.firstChunk() + done;
      int chunks = Math.min(most, group.chunks() - done);
      List<List<ChunkScores>> scores = evaluate(models, corpus, first, chunks);
      for (int i = 0; i < chunks; i++) {
        int chunk = i;
        outcomes.add(
            new ChunkOutcome(
                group.corpus(),
                first + chunk,
                scores.stream().map(model -> model.get(chunk)).toList()));
      }
    }
    return outcomes;
  }

  private List<List<ChunkScores>> evaluate(OpenModels models, Corpus corpus, int first, int chunks)
      throws IOException {
    String file = order.value().saveLogits();
    if (file == null) {
      return models.evaluator().evaluate(corpus, first, chunks);
    }
    try (LocalFileOutput output = LocalFileOutput.open(Path.of(file))) {
      LogitsHeader header =
          new LogitsHeader(corpus.contextLength(), models.vocabulary(), corpus.chunks());
      return models
          .evaluator()
          .evaluateAndSave(corpus, first, chunks, new LogitsFileWriter(output, header));
    }
  }
}
