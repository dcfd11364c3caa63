package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors larger than memory, and tensors that hold what cannot be encoded. */
class HostileTensorTest {
  @TempDir private Path folder;

  /** Writes a model of one matrix, zeros but for one element. */
  private Path model(GgmlType type, long rowLength, long rows, long element, byte[] value)
      throws IOException {
    Metadata metadata =
        Metadata.empty().with("general.architecture", MetadataValue.ofString("llama"));
    TensorLayout layout =
        TensorLayout.of(
            List.of(new TensorInfo("blk.0.ffn_up.weight", type, List.of(rowLength, rows), 0)), 32);
    byte[] header = GgufWriter.header(metadata, layout.tensors());
    Path file = folder.resolve("model.gguf");
    try (LocalFileOutput out = LocalFileOutput.create(file)) {
      out.write(0, header, 0, header.length);
      out.write(header.length + layout.dataBytes() - 1, new byte[1], 0, 1);
      out.write(header.length + type.bytes(element), value, 0, value.length);
    }
    return file;
  }

  private static byte[] littleEndian(float value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
  }

  @Test
  void aTensorOfFourGibibytesGoesThroughAHeapOfOne() throws Exception {
    Path input = model(GgmlType.F32, 4096, 1 << 18, 3, littleEndian(1.5f));
    assertThat(Files.size(input)).isGreaterThan(4L << 30);
    Path output = folder.resolve("out.gguf");
    Path log = folder.resolve("log");

    Process process =
        ChildProcess.start(
            log,
            List.of("-Xmx1g"),
            List.of("quantize", "-i", input.toString(), "-o", output.toString(), "-s", "TQ1_0"));

    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.size(output)).isGreaterThan(GgmlType.TQ1_0.bytes(1L << 30));
  }

  @Test
  void aNanIsNamedByRowAndColumnAndTheOldOutputStays() throws Exception {
    Path input = model(GgmlType.F32, 512, 4096, 512L * 4000 + 17, littleEndian(Float.NaN));
    Path output = Files.writeString(folder.resolve("out.gguf"), "old");

    CommandResult result =
        CommandResult.of(
            "quantize",
            "-i",
            input.toString(),
            "-o",
            output.toString(),
            "-s",
            "Q4_K_M",
            "--overwrite");

    assertThat(result.exitCode()).isEqualTo(ExitCodes.INPUT);
    assertThat(result.err().lines().filter(line -> line.startsWith("sparkquant:")))
        .singleElement()
        .asString()
        .contains("blk.0.ffn_up.weight: row 4000, column 17 holds NaN or infinity");
    assertThat(output).hasContent("old");
    assertThat(folder.resolve("out.gguf.unfinished")).doesNotExist();
  }

  @Test
  void whatIsBeyondTheRangeOfTheTypeIsNamed() throws Exception {
    Path input = model(GgmlType.F32, 512, 8, 512 * 5 + 300, littleEndian(1e30f));
    Path output = folder.resolve("out.gguf");

    CommandResult result =
        CommandResult.of("quantize", "-i", input.toString(), "-o", output.toString(), "-s", "F16");

    assertThat(result.exitCode()).isEqualTo(ExitCodes.INPUT);
    assertThat(result.err()).contains("row 5, column 300 is beyond the range of F16");
    assertThat(output).doesNotExist();
  }
}
