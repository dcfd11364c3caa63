package dev.sparkquant.job;

import dev.sparkquant.encode.BadTensorException;
import dev.sparkquant.encode.SliceCheck;
import dev.sparkquant.encode.SliceEncoder;
import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.gguf.io.PartRange;
import dev.sparkquant.gguf.io.PositionedOutput;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.store.Storage;
import dev.sparkquant.store.TaskOutputs;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What an executor does with one task: carry its slices through, one after the other. */
final class EncodeTask extends AbstractFunction1<Iterator<TaskGroup>, TaskOutcome>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<WorkOrder> order;
  private final Broadcast<byte[][]> headers;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param headers of the outputs, for the tasks that make first parts
   * @param hadoop the driver's settings: an executor that made its own anew for every task would
   *     spend a tenth of its time on that
   */
  EncodeTask(
      Broadcast<WorkOrder> order,
      Broadcast<byte[][]> headers,
      Broadcast<SerializableConfiguration> hadoop) {
    this.order = order;
    this.headers = headers;
    this.hadoop = hadoop;
  }

  @Override
  public TaskOutcome apply(Iterator<TaskGroup> groups) {
    TaskContext context = TaskContext.get();
    TaskGroup group = groups.next();
    Configuration configuration = hadoop.value().value();
    try (TaskOutputs outputs =
            TaskOutputs.open(
                order.value().outputs(),
                group.parts(),
                context.attemptNumber(),
                scratchFolder(context),
                configuration);
        OpenFiles files = new OpenFiles(outputs, new Storage(configuration))) {
      for (PartRange part : group.parts()) {
        if (part.start() == 0) {
          byte[] header = headers.value()[part.output()];
          outputs.output(part.output()).write(0, header, 0, header.length);
        }
      }
      return encode(context, group, files);
    } catch (IOException e) {
      throw new TaskIoException(e);
    }
  }

  /** One of the folders that Spark keeps its own temporary files in. */
  private static Path scratchFolder(TaskContext context) {
    File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();
    return folders[(int) (context.taskAttemptId() % folders.length)].toPath();
  }

  private TaskOutcome encode(TaskContext context, TaskGroup group, OpenFiles files)
      throws IOException {
    SliceEncoder encoder = new SliceEncoder(files);
    SliceCheck check =
        new SliceCheck(index -> files.input(order.value().outputs().get(index).path()));
    List<SliceResult> results = new ArrayList<>();
    for (Slice slice : group.slices()) {
      if (context.isInterrupted()) {
        // Nobody waits for the outcome any more: parts that are not full are not worth storing.
        return new TaskOutcome(results, List.of(), null, Kernels.implementation());
      }
      SliceResult recorded = order.value().recorded().get(slice.id());
      if (recorded != null && check.holds(slice, recorded)) {
        results.add(recorded.asReused());
        continue;
      }
      try {
        results.add(
            encoder.encode(
                order.value().tensors().get(slice.tensor()),
                slice,
                order.value().importance().get(slice.tensor())));
      } catch (BadTensorException e) {
        return new TaskOutcome(List.of(), List.of(), e.getMessage(), Kernels.implementation());
      }
    }
    return new TaskOutcome(results, files.outputs.finish(), null, Kernels.implementation());
  }

  /** The files a task has open: inputs are opened when first needed and closed at the end. */
  private static final class OpenFiles implements SliceEncoder.Files, Closeable {
    private final TaskOutputs outputs;
    private final Storage storage;
    private final Map<String, SeekableInput> inputs = new HashMap<>();

    OpenFiles(TaskOutputs outputs, Storage storage) {
      this.outputs = outputs;
      this.storage = storage;
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
      return outputs.output(index);
    }

    @Override
    public void close() throws IOException {
      IOException failure = null;
      for (SeekableInput file : inputs.values()) {
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
