package dev.sparkquant.job;

import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.encode.TargetResult;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.Checksum;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.OutputTensor;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.plan.Target;
import dev.sparkquant.store.StoredPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes tasks' outcomes as they come in, in any order, and adds them up in the order of the slices,
 * so that sums do not depend on scheduling.
 */
final class RunCollector {
  private final QuantizePlan plan;
  private final Progress progress;
  private final SliceResult[] results;
  private final int[] slicesLeft;
  private final RunManifest manifest;
  private final List<StoredPart> parts = new ArrayList<>();
  private final Set<String> kernels = new TreeSet<>();
  private int tensorsDone;
  private long bytesDone;
  private long encodedWeights;
  private long reusedWeights;
  private String refusal;

  RunCollector(QuantizePlan plan, RunManifest manifest, Progress progress) {
    this.plan = plan;
    this.manifest = manifest;
    this.progress = progress;
    this.results = new SliceResult[plan.slices().size()];
    this.slicesLeft = new int[plan.tensors().size()];
    for (Slice slice : plan.slices()) {
      slicesLeft[slice.tensor()]++;
    }
  }

  synchronized void accept(TaskOutcome outcome) {
    kernels.add(outcome.kernels());
    if (outcome.refusal() != null) {
      if (refusal == null) {
        refusal = outcome.refusal();
      }
      return;
    }
    parts.addAll(outcome.parts());
    for (SliceResult result : outcome.results()) {
      Slice slice = plan.slices().get(result.slice());
      results[result.slice()] = result;
      manifest.add(result);
      if (result.reused()) {
        reusedWeights += slice.elements() * conversions(slice);
      } else {
        encodedWeights += slice.elements() * conversions(slice);
      }
      bytesDone += plan.tensors().get(slice.tensor()).type().bytes(slice.elements());
      if (--slicesLeft[slice.tensor()] == 0) {
        tensorsDone++;
      }
    }
    progress.advanced(tensorsDone, bytesDone);
  }

  /** Types that a slice is encoded to; others are copied. */
  private long conversions(Slice slice) {
    GgmlType type = plan.tensors().get(slice.tensor()).type();
    return slice.targets().stream().filter(target -> target.type() != type).count();
  }

  /** Elements that tasks have encoded. */
  synchronized long encodedWeights() {
    return encodedWeights;
  }

  /** Elements that an earlier run had encoded. */
  synchronized long reusedWeights() {
    return reusedWeights;
  }

  /** Why the model cannot be quantized, or null. */
  synchronized String refusal() {
    return refusal;
  }

  /** Slices that were not encoded again. */
  synchronized int reused() {
    return (int) Arrays.stream(results).filter(r -> r != null && r.reused()).count();
  }

  synchronized List<String> kernels() {
    return List.copyOf(kernels);
  }

  /**
   * The parts stored of an output, in file order.
   *
   * @throws JobFailedException if they do not cover it once
   */
  synchronized List<StoredPart> parts(int output) throws JobFailedException {
    RangeLedger ledger = new RangeLedger();
    List<StoredPart> stored =
        parts.stream()
            .filter(part -> part.output() == output)
            .sorted(Comparator.comparingLong(StoredPart::start))
            .toList();
    stored.forEach(part -> ledger.add(part.start(), part.length()));
    OutputFile file = plan.outputs().get(output);
    String problem = ledger.problemWithin(0, file.length());
    if (problem != null) {
      throw new JobFailedException("Cannot publish " + file.path() + ": " + problem);
    }
    return stored;
  }

  /**
   * Checks that every byte of every output's data section has been written once.
   *
   * @throws JobFailedException if not
   */
  synchronized void requireComplete() throws JobFailedException {
    List<RangeLedger> ledgers = new ArrayList<>();
    plan.outputs().forEach(output -> ledgers.add(new RangeLedger()));
    for (Slice slice : plan.slices()) {
      SliceResult result = results[slice.id()];
      if (result == null) {
        continue;
      }
      for (int t = 0; t < slice.targets().size(); t++) {
        Target target = slice.targets().get(t);
        long bytes = result.targets().get(t).bytes();
        target.destinations().forEach(d -> ledgers.get(d.output()).add(d.position(), bytes));
      }
    }
    for (int o = 0; o < ledgers.size(); o++) {
      OutputFile output = plan.outputs().get(o);
      addPadding(output, ledgers.get(o));
      String problem = ledgers.get(o).problemWithin(output.dataStart(), output.length());
      if (problem != null) {
        throw new JobFailedException("Cannot publish " + output.path() + ": " + problem);
      }
    }
  }

  /** Gaps between tensors are zeros since the file was created. */
  private static void addPadding(OutputFile output, RangeLedger ledger) {
    List<OutputTensor> tensors = output.tensors();
    for (int i = 0; i < tensors.size(); i++) {
      long end = tensors.get(i).position() + tensors.get(i).info().bytes();
      long next = i + 1 < tensors.size() ? tensors.get(i + 1).position() : output.length();
      ledger.add(end, next - end);
    }
  }

  /** A row for each tensor of each output. */
  synchronized List<TensorOutcome> tensors() {
    List<List<Slice>> slicesOf = new ArrayList<>();
    plan.tensors().forEach(tensor -> slicesOf.add(new ArrayList<>()));
    plan.slices().forEach(slice -> slicesOf.get(slice.tensor()).add(slice));
    List<TensorOutcome> outcomes = new ArrayList<>();
    for (OutputFile output : plan.outputs()) {
      for (OutputTensor tensor : output.tensors()) {
        outcomes.add(outcome(output, tensor, slicesOf.get(tensor.source())));
      }
    }
    return outcomes;
  }

  private TensorOutcome outcome(OutputFile output, OutputTensor tensor, List<Slice> slices) {
    Checksum checksum = Checksum.NONE;
    double squares = 0;
    double squaredError = 0;
    double largestError = 0;
    long encodeNanos = 0;
    SourceTensor source = plan.tensors().get(tensor.source());
    boolean copied = tensor.info().type() == source.type();
    for (Slice slice : slices) {
      SliceResult result = results[slice.id()];
      for (TargetResult target : result.targets()) {
        if (target.type() == tensor.info().type()) {
          checksum = checksum.then(new Checksum(target.checksum(), target.bytes()));
          squares += copied ? 0 : result.squares();
          squaredError += target.squaredError();
          largestError = Math.max(largestError, target.largestError());
          encodeNanos += target.encodeNanos();
        }
      }
    }
    return new TensorOutcome(
        output, tensor, source, checksum.hex(), squares, squaredError, largestError, encodeNanos);
  }
}
