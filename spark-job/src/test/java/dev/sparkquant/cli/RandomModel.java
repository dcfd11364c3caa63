package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes models of random BF16 weights: work that takes a while. */
final class RandomModel {
  private static final int ROW_LENGTH = 2048;
  private static final int ROWS = 2048;

  private RandomModel() {}

  /** A model of that many matrices, four million weights (8 MiB) each. */
  static Path write(Path file, int matrices, long seed) throws IOException {
    List<TensorInfo> infos = new ArrayList<>();
    for (int i = 0; i < matrices; i++) {
      List<Long> shape = List.of((long) ROW_LENGTH, (long) ROWS);
      infos.add(new TensorInfo("blk." + i + ".ffn_up.weight", GgmlType.BF16, shape, 0));
    }
    Metadata metadata =
        Metadata.empty().with("general.architecture", MetadataValue.ofString("llama"));
    TensorLayout layout = TensorLayout.of(infos, metadata.alignment());
    byte[] header = GgufWriter.header(metadata, layout.tensors());
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer matrix = ByteBuffer.allocate(2 * ROW_LENGTH * ROWS).order(ByteOrder.LITTLE_ENDIAN);
    try (LocalFileOutput out = LocalFileOutput.create(file)) {
      out.write(0, header, 0, header.length);
      for (TensorInfo info : layout.tensors()) {
        for (int i = 0; i < matrix.capacity(); i += 4) {
          // Two weights at a time, of either sign, between 2^-8 and 2^-4.
          matrix.putInt(i, (random.nextInt() & 0x81ff_81ff) | 0x3c00_3c00);
        }
        out.write(header.length + info.offset(), matrix.array(), 0, matrix.capacity());
      }
    }
    return file;
  }
}
