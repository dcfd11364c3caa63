package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of many gigabytes, mostly holes. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HugeFileTest {
  private static final long LENGTH = 40L << 30;

  @TempDir Path folder;

  static Stream<Arguments> claims() {
    return Stream.of(
        claim("tensors", GgufBytes.littleEndian().start(3, 1L << 29, 0), 8),
        claim("pairs", GgufBytes.littleEndian().start(3, 0, 1L << 31), 16),
        claim("key", GgufBytes.littleEndian().start(3, 0, 1).u64(20L << 30), 24),
        claim("string", pair(MetadataType.STRING).u64(20L << 30), 37),
        claim("bytes", pair(MetadataType.ARRAY).array(MetadataType.UINT8, 2L << 30), 41),
        claim("strings", pair(MetadataType.ARRAY).array(MetadataType.STRING, 1L << 30), 41),
        claim("arrays", pair(MetadataType.ARRAY).array(MetadataType.ARRAY, 1L << 30), 41),
        claim("name", GgufBytes.littleEndian().start(3, 1, 0).u64(1L << 30), 24));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void claimsThatTheFileCouldHoldAreRefusedUnread(String claim, byte[] start, long offset)
      throws IOException {
    Path file = hugeFile(start);
    long before = allocatedBytes();

    assertThatExceptionOfType(GgufException.class)
        .isThrownBy(() -> GgufReader.read(file))
        .satisfies(e -> assertThat(e.offset()).isEqualTo(offset));

    assertThat(allocatedBytes() - before).isLessThan(1 << 20);
  }

  @Test
  void longestHeaderStaysWithinItsLimit() throws IOException {
    // 16 million empty strings, as zeros, nearly fill the 128 MiB that a header may have.
    GgufBytes start = pair(MetadataType.ARRAY).array(MetadataType.STRING, (16 << 20) - 100);
    Path file = hugeFile(start.bytes());
    long before = allocatedBytes();

    GgufHeader header = GgufReader.read(file);

    assertThat(allocatedBytes() - before).isLessThan(130 << 20);
    assertThat(header.metadata().get("k").orElseThrow().count()).isEqualTo((16 << 20) - 100);
  }

  @Test
  void tensorsBeyondFourGibibytesAreOrdinary() throws IOException {
    TensorInfo large = new TensorInfo("large", GgmlType.F32, List.of(1L << 15, 1L << 16), 0);
    TensorInfo last = new TensorInfo("last", GgmlType.I8, List.of(3L), 8L << 30);
    byte[] start = GgufWriter.header(Metadata.empty(), List.of(large, last));
    Path path = folder.resolve("large.gguf");
    long lastPosition = start.length + (8L << 30);
    try (LocalFileOutput output = LocalFileOutput.create(path)) {
      output.write(lastPosition, new byte[] {1, 2, 3}, 0, 3);
      output.write(0, start, 0, start.length);
    }

    GgufModel model = GgufModel.open(path);

    ModelTensor tensor = model.tensors().get(1);
    assertThat(model.tensors().get(0).bytes()).isEqualTo(8L << 30);
    assertThat(tensor.position()).isEqualTo(lastPosition);
    byte[] data = new byte[3];
    try (LocalFileInput input = LocalFileInput.open(path)) {
      input.readFully(tensor.position(), data, 0, (int) tensor.bytes());
    }
    assertThat(data).containsExactly(1, 2, 3);
  }

  private Path hugeFile(byte[] start) throws IOException {
    Path path = folder.resolve("huge.gguf");
    Files.deleteIfExists(path);
    try (LocalFileOutput output = LocalFileOutput.create(path)) {
      output.write(0, start, 0, start.length);
      output.write(LENGTH - 1, new byte[1], 0, 1);
    }
    return path;
  }

  private static Arguments claim(String name, GgufBytes start, long offset) {
    return Arguments.of(name, start.bytes(), offset);
  }

  private static GgufBytes pair(MetadataType type) {
    return GgufBytes.littleEndian().start(3, 0, 1).key("k", type);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
