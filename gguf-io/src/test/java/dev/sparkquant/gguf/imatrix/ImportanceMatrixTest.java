package dev.sparkquant.gguf.imatrix;

import static dev.sparkquant.gguf.imatrix.ImatrixBytes.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgufBytes;
import dev.sparkquant.gguf.MemoryInput;
import dev.sparkquant.gguf.MetadataValue;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImportanceMatrixTest {

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @Test
  void readsTheOlderFormat() throws IOException {
    GgufBytes out = GgufBytes.littleEndian().u32(3);
    entry(out, "blk.0.ffn_up.weight", 3, 1, 2.5f, 0, 1e30f);
    entry(out, "never called", 0, 4, 5);
    entry(out, "called less than never", -2, 6);
    out.u32(40).u32(9).raw("kjv-x.txt");

    ImportanceMatrix matrix = read(out.bytes());

    assertThat(matrix.file()).isEqualTo(MemoryInput.NAME);
    assertThat(matrix.chunkCount()).isEqualTo(40);
    assertThat(matrix.datasets()).containsExactly("kjv-x.txt");
    assertThat(matrix.values())
        .containsOnlyKeys("blk.0.ffn_up.weight", "never called", "called less than never");
    assertThat(matrix.values().get("blk.0.ffn_up.weight"))
        .containsExactly(1f / 3, 2.5f / 3, 0, 1e30f / 3);
    assertThat(matrix.values().get("never called")).containsExactly(4, 5);
    assertThat(matrix.values().get("called less than never")).containsExactly(6);
  }

  @Test
  void olderFormatNeedNotNameChunksAndDataset() throws IOException {
    ImportanceMatrix bare = read(entry(legacy(1), "a", 1, 1).bytes());
    ImportanceMatrix counted = read(entry(legacy(1), "a", 1, 1).u32(7).bytes());
    ImportanceMatrix unnamed = read(entry(legacy(1), "a", 1, 1).u32(7).u32(0).bytes());

    assertThat(List.of(bare, counted, unnamed))
        .extracting(ImportanceMatrix::chunkCount)
        .containsExactly(0, 7, 7);
    assertThat(List.of(bare, counted, unnamed))
        .allSatisfy(matrix -> assertThat(matrix.datasets()).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsTheGgufFormat(ByteOrder order) throws IOException {
    ImatrixBytes out = new ImatrixBytes(order);
    out.tensor("b.in_sum2", new float[] {3, 6}, 2).tensor("b.counts", new float[] {7}, 1);
    out.tensor("a.counts", new float[] {2, 0, -1, 10}, 1, 4);
    out.tensor("a.in_sum", new float[] {9, 9}, 2).tensor("other", new float[] {9}, 1);
    out.tensor("a.in_sum2", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);

    ImportanceMatrix matrix = read(out.bytes());

    assertThat(matrix.file()).isEqualTo(MemoryInput.NAME);
    assertThat(matrix.chunkCount()).isEqualTo(40);
    assertThat(matrix.datasets()).containsExactly("first.txt", "second.txt");
    assertThat(matrix.values()).containsOnlyKeys("a", "b");
    assertThat(matrix.values().get("a")).containsExactly(0.5f, 1, 1, 1, 1, 1, 0.7f, 0.8f);
    assertThat(matrix.values().get("b")).containsExactly(3f / 7, 6f / 7);
  }

  @Test
  void countsAreTakenAsWholeNumbers() throws IOException {
    ImatrixBytes out = new ImatrixBytes(ByteOrder.LITTLE_ENDIAN);
    out.tensor("a.in_sum2", new float[] {6, 6, 6, 6}, 1, 4);
    out.tensor("a.counts", new float[] {0.4f, 0.5f, 2.5f, 2.4999998f}, 1, 4);

    ImportanceMatrix matrix = read(out.bytes());

    assertThat(matrix.values().get("a")).containsExactly(1, 6, 2, 3);
  }

  @Test
  void readsValuesLargerThanTheWindow() throws IOException {
    float[] values = new float[50_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    float[] one = {1};

    ImportanceMatrix old = read(entry(legacy(1), "abc", 1, values).bytes());
    ImatrixBytes out =
        new ImatrixBytes(ByteOrder.LITTLE_ENDIAN).tensor("abc.in_sum2", values, 50_001);
    ImportanceMatrix gguf = read(out.tensor("abc.counts", one, 1).bytes());

    assertThat(old.values().get("abc")).isEqualTo(values);
    assertThat(gguf.values().get("abc")).isEqualTo(values);
  }

  @Test
  void readsLocalFilesUnderTheNameGiven(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.dat");
    Files.write(file, entry(legacy(1), "a", 1, 1).bytes());

    assertThat(ImportanceMatrix.read(file).file()).isEqualTo(file.toString());
  }

  @Test
  void keepsOnlyTheTensorsWanted() {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String name : List.of("blk.0.attn_q.weight", "blk.0.ffn_up.weight", "output.weight")) {
      values.put(name, new float[1]);
    }
    ImportanceMatrix matrix = new ImportanceMatrix("f", List.of("d"), 3, values);

    assertThat(matrix.only(name -> name.startsWith("blk.")).values())
        .containsOnlyKeys("blk.0.attn_q.weight", "blk.0.ffn_up.weight");
  }

  @Test
  void recordsWhatLlamaQuantizeRecords() {
    Map<String, float[]> values = Map.of("a", new float[1], "b", new float[1]);
    ImportanceMatrix matrix = new ImportanceMatrix("m.dat", List.of("d1", "d2"), 40, values);

    assertThat(List.copyOf(matrix.toMetadata().entrySet()))
        .containsExactly(
            Map.entry("quantize.imatrix.file", MetadataValue.ofString("m.dat")),
            Map.entry("quantize.imatrix.dataset", MetadataValue.ofString("d1")),
            Map.entry("quantize.imatrix.entries_count", MetadataValue.ofUint32(2)),
            Map.entry("quantize.imatrix.chunks_count", MetadataValue.ofUint32(40)));
    assertThat(matrix.only("a"::equals).toMetadata())
        .containsEntry("quantize.imatrix.entries_count", MetadataValue.ofUint32(1));
  }

  @Test
  void recordsOnlyWhatIsKnown() {
    Map<String, float[]> values = Map.of("a", new float[1]);

    assertThat(new ImportanceMatrix("f", List.of(), 0, values).toMetadata())
        .containsOnlyKeys("quantize.imatrix.file", "quantize.imatrix.entries_count");
    assertThat(new ImportanceMatrix("f", List.of("d"), 5, Map.of()).toMetadata()).isEmpty();
  }

  @Test
  void recordedStringsEndAsInC() {
    Map<String, float[]> values = Map.of("a", new float[1]);
    String tooLong = "x".repeat(126) + "ä";

    Map<String, MetadataValue> pairs =
        new ImportanceMatrix(tooLong, List.of("d\0e"), 0, values).toMetadata();

    byte[] cut = new byte[127];
    Arrays.fill(cut, (byte) 'x');
    cut[126] = (byte) 0xC3;
    assertThat(pairs)
        .containsEntry("quantize.imatrix.file", MetadataValue.ofString(cut))
        .containsEntry("quantize.imatrix.dataset", MetadataValue.ofString("d"));
  }

  private static GgufBytes legacy(int entries) {
    return GgufBytes.littleEndian().u32(entries);
  }

  private static ImportanceMatrix read(byte[] file) throws IOException {
    return ImportanceMatrix.read(new MemoryInput(file));
  }
}
