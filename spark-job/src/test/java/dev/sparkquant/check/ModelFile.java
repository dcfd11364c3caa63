package dev.sparkquant.check;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.kernels.Kernels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small model to write to a file. */
final class ModelFile {
  private Metadata metadata =
      Metadata.empty().with("general.architecture", MetadataValue.ofString("llama"));
  private final List<TensorInfo> infos = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();

  ModelFile metadata(String key, MetadataValue value) {
    metadata = metadata.with(key, value);
    return this;
  }

  ModelFile tensor(String name, GgmlType type, byte[] bytes, Long... dimensions) {
    infos.add(new TensorInfo(name, type, List.of(dimensions), 0));
    data.add(bytes);
    return this;
  }

  /** Normally distributed rows, the same for the same seed whatever the type. */
  ModelFile random(String name, GgmlType type, long seed, long rowLength, long rows) {
    float[] floats = floats(seed, Math.toIntExact(rowLength * rows));
    byte[] bytes = new byte[Math.toIntExact(type.bytes(floats.length))];
    Kernels.encoder(type)
        .encode(floats, 0, Math.toIntExact(rows), Math.toIntExact(rowLength), null, 0, bytes, 0);
    return tensor(name, type, bytes, rowLength, rows);
  }

  static float[] floats(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextGaussian();
    }
    return floats;
  }

  static byte[] numbers(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Where the data of tensor {@code index} start in the file. */
  int position(int index) {
    TensorLayout layout = TensorLayout.of(infos, metadata.alignment());
    return Math.toIntExact(
        GgufWriter.header(metadata, layout.tensors()).length
            + layout.tensors().get(index).offset());
  }

  byte[] bytes() {
    TensorLayout layout = TensorLayout.of(infos, metadata.alignment());
    byte[] header = GgufWriter.header(metadata, layout.tensors());
    byte[] bytes = new byte[Math.toIntExact(header.length + layout.dataBytes())];
    System.arraycopy(header, 0, bytes, 0, header.length);
    for (int i = 0; i < data.size(); i++) {
      System.arraycopy(data.get(i), 0, bytes, position(i), data.get(i).length);
    }
    return bytes;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
