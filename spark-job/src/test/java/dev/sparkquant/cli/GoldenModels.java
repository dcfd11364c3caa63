package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.gguf.ShardName;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The models of the golden table that are not files of the project: made of those that are. */
final class GoldenModels {
  private GoldenModels() {}

  static Path demo(String file) {
    return Home.folder().resolve("submit/demo").resolve(file);
  }

  /**
   * Writes a model as several shards, tensors in their order.
   *
   * @param firstTensors index of each shard's first tensor
   */
  static void split(Path model, String prefix, List<Integer> firstTensors) throws IOException {
    GgufModel whole = GgufModel.open(model);
    for (int shard = 0; shard < firstTensors.size(); shard++) {
      int end =
          shard + 1 < firstTensors.size() ? firstTensors.get(shard + 1) : whole.tensors().size();
      List<ModelTensor> tensors = whole.tensors().subList(firstTensors.get(shard), end);
      Metadata metadata =
          (shard == 0 ? whole.metadata() : Metadata.empty())
              .with("split.no", MetadataValue.ofUint16(shard))
              .with("split.tensors.count", MetadataValue.ofInt32(whole.tensors().size()))
              .with("split.count", MetadataValue.ofUint16(firstTensors.size()));
      Path file = Path.of(new ShardName(prefix, shard, firstTensors.size()).format());
      write(file, metadata, model, tensors);
    }
  }

  private static void write(Path file, Metadata metadata, Path source, List<ModelTensor> tensors)
      throws IOException {
    TensorLayout layout =
        TensorLayout.of(tensors.stream().map(ModelTensor::info).toList(), metadata.alignment());
    byte[] header = GgufWriter.header(metadata, layout.tensors());
    try (LocalFileInput in = LocalFileInput.open(source);
        LocalFileOutput out = LocalFileOutput.create(file)) {
      out.write(0, header, 0, header.length);
      for (int i = 0; i < tensors.size(); i++) {
        TensorInfo info = layout.tensors().get(i);
        byte[] data = new byte[Math.toIntExact(info.bytes())];
        in.readFully(tensors.get(i).position(), data, 0, data.length);
        out.write(header.length + info.offset(), data, 0, data.length);
      }
      byte[] padding = new byte[32];
      long end = header.length + layout.dataBytes();
      int gap = Math.toIntExact(end - header.length - lastEnd(layout));
      out.write(end - gap, padding, 0, gap);
    }
  }

  private static long lastEnd(TensorLayout layout) {
    TensorInfo last = layout.tensors().get(layout.tensors().size() - 1);
    return last.offset() + last.bytes();
  }
}
