package dev.sparkquant.eval.divergence;

import dev.sparkquant.eval.model.LanguageModel;
import dev.sparkquant.eval.model.LockStep;
import dev.sparkquant.eval.model.Predictions;
import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Scores models against a base over chunks of a corpus: forward passes of all in lock-step, then
 * logits for a block of positions at a time, compared and dropped.
 *
 * <p>A chunk's scores depend neither on the number of threads, nor on the chunks and models that go
 * with it. One thread may use an instance at a time.
 */
public final class DivergenceEvaluator {
  /** Bytes that the logits of a block of positions may take, all models together. */
  private static final long MOST_LOGIT_BYTES = 1L << 29;

  /** More tiles for each thread than this do not make a product faster. */
  private static final int MOST_TILES_EACH = 8;

  private final List<LanguageModel> all;
  private final List<Integer> underTest;
  private final Optional<LogitsFileReader> baseFile;
  private final Workers workers;
  private final LockStep lockStep;
  private final Map<Integer, ScoreRoom> rooms = new ConcurrentHashMap<>();

  private DivergenceEvaluator(
      List<LanguageModel> all,
      List<Integer> underTest,
      Optional<LogitsFileReader> baseFile,
      Workers workers) {
    this.all = List.copyOf(all);
    this.underTest = List.copyOf(underTest);
    this.baseFile = baseFile;
    this.workers = workers;
    this.lockStep = new LockStep(all, workers);
  }

  /**
   * Scores models against a base model.
   *
   * @param models those under test, of the base's sizes; none if only its logits are to be saved
   * @param workers the threads to use; not closed
   * @throws dev.sparkquant.eval.model.ModelException if a model has other sizes than the base
   */
  public static DivergenceEvaluator against(
      LanguageModel base, List<LanguageModel> models, Workers workers) {
    List<LanguageModel> all = new ArrayList<>(List.of(base));
    all.addAll(models);
    return new DivergenceEvaluator(all, indices(1, all.size()), Optional.empty(), workers);
  }

  /**
   * Scores models against saved logits.
   *
   * @param base its input must allow several threads at a time
   * @param models those under test, at least one
   * @param workers the threads to use; not closed
   * @throws EvaluationException if the logits are those of another vocabulary
   */
  public static DivergenceEvaluator against(
      LogitsFileReader base, List<LanguageModel> models, Workers workers) {
    int vocabulary = models.get(0).vocabulary();
    if (base.header().vocabulary() != vocabulary) {
      throw new EvaluationException(
          String.format(
              "Cannot compare %s with these base logits: its vocabulary has %d tokens, theirs %d",
              models.get(0).name(), vocabulary, base.header().vocabulary()));
    }
    return new DivergenceEvaluator(models, indices(0, models.size()), Optional.of(base), workers);
  }

  private static List<Integer> indices(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /**
   * Scores some chunks.
   *
   * @param corpus if the base is a file, the file's own
   * @return for each model under test, the scores of each chunk in order
   */
  public List<List<ChunkScores>> evaluate(Corpus corpus, int firstChunk, int chunks)
      throws IOException {
    return evaluate(corpus, firstChunk, chunks, Optional.empty());
  }

  /**
   * Scores some chunks and saves the base model's logits of them.
   *
   * @param file must allow several threads at a time
   * @return for each model under test, the scores of each chunk in order
   */
  public List<List<ChunkScores>> evaluateAndSave(
      Corpus corpus, int firstChunk, int chunks, LogitsFileWriter file) throws IOException {
    if (baseFile.isPresent()) {
      throw new IllegalArgumentException("Cannot save base logits that come from a file");
    }
    return evaluate(corpus, firstChunk, chunks, Optional.of(file));
  }

  /**
   * An upper bound of the memory that {@link #evaluate} takes for so many chunks at once, in bytes,
   * besides what opened models take.
   *
   * @return {@link Long#MAX_VALUE} if so many cannot go at once
   */
  public long bytes(int contextLength, int chunks) {
    int each = new ScoredPositions(contextLength).count();
    long states = lockStep.bytes(chunks, contextLength, each);
    if (states == Long.MAX_VALUE) {
      return states;
    }
    int positions = Math.multiplyExact(chunks, each);
    long logits = (long) Float.BYTES * TokenTiles.floats(vocabulary(), blockLength(positions));
    return states
        + all.size() * logits
        + workers.threads() * ScoreRoom.bytes(vocabulary())
        + (long) underTest.size() * positions * ScoreSheet.BYTES_EACH;
  }

  /**
   * The most chunks that go at once in so much memory; 0 if not even one does.
   *
   * @param bytes as {@link #bytes} counts them
   */
  public int mostChunks(int contextLength, long bytes) {
    int chunks = 0;
    while (bytes(contextLength, chunks + 1) <= Math.min(bytes, Long.MAX_VALUE - 1)) {
      chunks++;
    }
    return chunks;
  }

  private List<List<ChunkScores>> evaluate(
      Corpus corpus, int firstChunk, int chunks, Optional<LogitsFileWriter> file)
      throws IOException {
    ScoredPositions positions = corpus.positions();
    Predictions predictions =
        lockStep.run(
            IntStream.range(firstChunk, firstChunk + chunks).mapToObj(corpus::input).toList(),
            positions.first(),
            positions.count());
    BaseRows base =
        baseFile
            .<BaseRows>map(reader -> new FileBase(reader, firstChunk))
            .orElseGet(() -> new LockStepBase(predictions.of(0), firstChunk, positions, file));
    List<ScoreSheet> sheets =
        underTest.stream()
            .map(model -> new ScoreSheet(all.get(model).name(), corpus, firstChunk, chunks))
            .toList();
    int block = blockLength(predictions.positions());
    for (int first = 0; first < predictions.positions(); first += block) {
      int count = Math.min(block, predictions.positions() - first);
      score(predictions, first, count, base, sheets);
    }
    rooms.clear();
    return sheets.stream().map(ScoreSheet::scores).toList();
  }

  private void score(
      Predictions predictions, int first, int count, BaseRows base, List<ScoreSheet> sheets)
      throws IOException {
    List<TokenTiles> logits = predictions.logits(first, count);
    List<TokenTiles> tested =
        underTest.stream().map(model -> logits.get(predictions.of(model))).toList();
    try {
      workers.run(
          logits.get(0).tiles(),
          (worker, tile) -> {
            ScoreRoom room = rooms.computeIfAbsent(worker, w -> new ScoreRoom(vocabulary()));
            int position = first + tile * TokenTiles.LANES;
            int positions = logits.get(0).tokensOf(tile);
            base.take(logits, tile, position, positions, room);
            for (int i = 0; i < tested.size(); i++) {
              room.takeModel(tested.get(i), tile);
              for (int lane = 0; lane < positions; lane++) {
                sheets
                    .get(i)
                    .enter(position + lane, room.base(lane), room.model(lane), base.floor());
              }
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** How many positions' logits are made at once: whole tiles, several for each thread. */
  private int blockLength(int positions) {
    long each = (long) all.size() * vocabulary() * Float.BYTES * TokenTiles.LANES;
    long tiles = Math.min(MOST_TILES_EACH * (long) workers.threads(), MOST_LOGIT_BYTES / each);
    return (int) Math.min(positions, Math.max(1, tiles) * TokenTiles.LANES);
  }

  private int vocabulary() {
    return all.get(0).vocabulary();
  }
}
