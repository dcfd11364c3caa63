package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.DivergenceEvaluator;
import dev.sparkquant.eval.divergence.LogitsFileReader;
import dev.sparkquant.eval.model.LanguageModel;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.linalg.Workers;
import dev.sparkquant.store.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The base, model or saved logits, and the models under test, with their files open. */
final class OpenModels implements Closeable {
  private final Deque<Closeable> open = new ArrayDeque<>();
  private final DivergenceEvaluator evaluator;
  private LogitsFileReader baseLogits;
  private int vocabulary;

  /**
   * @throws dev.sparkquant.eval.model.ModelException if a model cannot be evaluated, or not with
   *     the others
   * @throws dev.sparkquant.eval.divergence.EvaluationException if the saved logits are of another
   *     vocabulary
   */
  OpenModels(DivergenceOrder order, Storage storage, Workers workers) throws IOException {
    try {
      evaluator = open(order, storage, workers);
    } catch (IOException | RuntimeException e) {
      try {
        close();
      } catch (IOException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  private DivergenceEvaluator open(DivergenceOrder order, Storage storage, Workers workers)
      throws IOException {
    if (order.baseLogits() != null) {
      SeekableInput file = storage.open(order.baseLogits());
      open.push(file);
      baseLogits = LogitsFileReader.open(file);
      return DivergenceEvaluator.against(baseLogits, models(order, storage), workers);
    }
    LanguageModel base = model(order.base(), storage);
    return DivergenceEvaluator.against(base, models(order, storage), workers);
  }

  private List<LanguageModel> models(DivergenceOrder order, Storage storage) throws IOException {
    List<LanguageModel> models = new ArrayList<>();
    for (String model : order.models()) {
      models.add(model(model, storage));
    }
    return models;
  }

  private LanguageModel model(String name, Storage storage) throws IOException {
    LanguageModel model = LanguageModel.open(GgufModel.open(name, storage), storage);
    open.push(model);
    vocabulary = model.vocabulary();
    return model;
  }

  DivergenceEvaluator evaluator() {
    return evaluator;
  }

  /** The saved logits; null if the base is a model. */
  LogitsFileReader baseLogits() {
    return baseLogits;
  }

  /** Tokens that all models know. */
  int vocabulary() {
    return vocabulary;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
