package dev.sparkquant.job;

import dev.sparkquant.encode.BadTensorException;
import dev.sparkquant.encode.SliceEncoder;
import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.gguf.io.PositionedOutput;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.store.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** What an executor does with one task: carry its slices through, one after the other. */
final class EncodeTask extends AbstractFunction2<TaskContext, Iterator<TaskGroup>, TaskOutcome>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<WorkOrder> order;

  EncodeTask(Broadcast<WorkOrder> order) {
    this.order = order;
  }

  @Override
  public TaskOutcome apply(TaskContext context, Iterator<TaskGroup> groups) {
    try (OpenFiles files = new OpenFiles(order.value())) {
      return encode(context, groups.next(), files);
    } catch (IOException e) {
      throw new TaskIoException(e);
    }
  }

  private TaskOutcome encode(TaskContext context, TaskGroup group, OpenFiles files)
      throws IOException {
    SliceEncoder encoder = new SliceEncoder(files);
    List<SliceResult> results = new ArrayList<>();
    for (Slice slice : group.slices()) {
      if (context.isInterrupted()) {
        break;
      }
      try {
        results.add(
            encoder.encode(
                order.value().tensors().get(slice.tensor()),
                slice,
                order.value().importance().get(slice.tensor())));
      } catch (BadTensorException e) {
        return new TaskOutcome(List.of(), e.getMessage(), Kernels.implementation());
      }
    }
    return new TaskOutcome(results, null, Kernels.implementation());
  }

  /** The files a task has open: each is opened when first needed and closed at the end. */
  private static final class OpenFiles implements SliceEncoder.Files, Closeable {
    private final WorkOrder order;
    private final Storage storage =
        new Storage(SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()));
    private final Map<String, SeekableInput> inputs = new HashMap<>();
    private final Map<Integer, PositionedOutput> outputs = new HashMap<>();

    OpenFiles(WorkOrder order) {
      this.order = order;
    }

    @Override
    public SeekableInput input(String file) throws IOException {
      SeekableInput input = inputs.get(file);
      if (input == null) {
        input = storage.open(file);
        inputs.put(file, input);
      }
      return input;
    }

    @Override
    public PositionedOutput output(int index) throws IOException {
      PositionedOutput output = outputs.get(index);
      if (output == null) {
        output = LocalFileOutput.open(Path.of(order.outputs().get(index)));
        outputs.put(index, output);
      }
      return output;
    }

    @Override
    public void close() throws IOException {
      IOException failure = null;
      List<Closeable> open = new ArrayList<>(inputs.values());
      open.addAll(outputs.values());
      for (Closeable file : open) {
        try {
          file.close();
        } catch (IOException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
