package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.gguf.ShardName;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.policy.OutputMetadata;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out the output files and cuts the work. Types and shapes fix every offset, so all of it is
 * known before anything is read but headers.
 */
public final class Planner {
  /** Elements that one row may have: four buffers of that size must fit a task. */
  static final long MAX_ROW_ELEMENTS = 1L << 26;

  private final GgufModel model;

  public Planner(GgufModel model) {
    this.model = model;
  }

  /**
   * Plans all outputs together.
   *
   * @throws PlanException if a tensor cannot be read in rows
   */
  public QuantizePlan plan(List<OutputRequest> requests) throws PlanException {
    List<SourceTensor> sources = new ArrayList<>();
    for (ModelTensor tensor : model.tensors()) {
      sources.add(source(tensor));
    }
    List<OutputFile> outputs = new ArrayList<>();
    for (OutputRequest request : requests) {
      check(request);
      outputs.addAll(files(request));
    }
    return new QuantizePlan(sources, outputs, new SliceCutter(sources, outputs).cut());
  }

  private SourceTensor source(ModelTensor tensor) {
    ModelShard shard = model.shards().get(tensor.shard());
    TensorInfo info = tensor.info();
    return new SourceTensor(
        info.name(),
        shard.name(),
        tensor.position(),
        info.type(),
        shard.header().byteOrder() == ByteOrder.BIG_ENDIAN,
        info.rowLength(),
        info.dimension(1),
        info.rows());
  }

  /**
   * Checks that an output can be planned.
   *
   * @throws PlanException if a tensor cannot be read in rows
   */
  public void check(OutputRequest request) throws PlanException {
    for (OutputRequest.Wanted wanted : request.tensors()) {
      TensorInfo info = model.tensors().get(wanted.source()).info();
      if (wanted.type() != info.type() && info.rowLength() > MAX_ROW_ELEMENTS) {
        throw new PlanException(
            "Cannot quantize "
                + info.name()
                + ": its rows have "
                + info.rowLength()
                + " elements, more than the "
                + MAX_ROW_ELEMENTS
                + " that a task can hold; keep the tensor's type");
      }
    }
  }

  private List<OutputFile> files(OutputRequest request) {
    int shards = request.keepSplit() ? shardCount(request) : 1;
    List<OutputFile> files = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      int number = shard;
      List<OutputRequest.Wanted> tensors =
          shards == 1
              ? request.tensors()
              : request.tensors().stream()
                  .filter(wanted -> model.tensors().get(wanted.source()).shard() == number)
                  .toList();
      Metadata metadata =
          shards == 1
              ? request.metadata()
              : OutputMetadata.shard(request.metadata(), shard, shards, request.tensors().size());
      String path = request.path();
      if (request.keepSplit()) {
        path = new ShardName(withoutExtension(path), shard, shards).format();
      }
      files.add(file(request.scheme(), path, metadata, tensors));
    }
    return files;
  }

  private int shardCount(OutputRequest request) {
    return 1
        + request.tensors().stream()
            .mapToInt(wanted -> model.tensors().get(wanted.source()).shard())
            .max()
            .orElse(0);
  }

  private OutputFile file(
      String scheme, String path, Metadata metadata, List<OutputRequest.Wanted> wanted) {
    List<TensorInfo> infos = new ArrayList<>();
    for (OutputRequest.Wanted tensor : wanted) {
      TensorInfo source = model.tensors().get(tensor.source()).info();
      // Trailing dimensions of 1 are left out when written.
      infos.add(
          new TensorInfo(
              tensor.name(), tensor.type(), source.dimensions().subList(0, source.rank()), 0));
    }
    TensorLayout layout = TensorLayout.of(infos, metadata.alignment());
    long dataStart = GgufWriter.header(metadata, layout.tensors()).length;
    List<OutputTensor> tensors = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      TensorInfo info = layout.tensors().get(i);
      tensors.add(new OutputTensor(wanted.get(i).source(), info, dataStart + info.offset()));
    }
    return new OutputFile(
        scheme, path, metadata, tensors, dataStart, dataStart + layout.dataBytes());
  }

  private static String withoutExtension(String path) {
    return path.endsWith(".gguf") ? path.substring(0, path.length() - 5) : path;
  }
}
