package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufReaderTest {

  static Stream<Arguments> variants() {
    return Stream.of(
        Arguments.of(ByteOrder.LITTLE_ENDIAN, 3),
        Arguments.of(ByteOrder.BIG_ENDIAN, 3),
        Arguments.of(ByteOrder.LITTLE_ENDIAN, 2),
        Arguments.of(ByteOrder.BIG_ENDIAN, 2));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void readsEveryMetadataType(ByteOrder order, int version) throws IOException {
    Metadata metadata = read(RichFile.bytes(order, version)).metadata();

    assertThat(metadata.pairs()).hasSize(21);
    assertThat(value(metadata, "general.architecture").asString()).isEqualTo("llama");
    assertThat(value(metadata, "u8").asLong()).isEqualTo(0xFE);
    assertThat(value(metadata, "i8").asLong()).isEqualTo(-2);
    assertThat(value(metadata, "u16").asLong()).isEqualTo(0xFEDC);
    assertThat(value(metadata, "i16").asLong()).isEqualTo(-292);
    assertThat(value(metadata, "u32").asLong()).isEqualTo(0xFEDCBA98L);
    assertThat(value(metadata, "i32").asLong()).isEqualTo(-19088744);
    assertThat(value(metadata, "f32").asDouble()).isEqualTo(-1.5e-7f);
    assertThat(value(metadata, "true").asBool()).isTrue();
    assertThat(value(metadata, "false").asBool()).isFalse();
    assertThat(value(metadata, "no utf-8")).isEqualTo(MetadataValue.ofString(RichFile.NOT_UTF8));
    assertThat(value(metadata, "empty").asString()).isEmpty();
    assertThat(value(metadata, "u64")).hasToString("18364758544493064720");
    assertThat(value(metadata, "i64").asLong()).isEqualTo(-81985529216486896L);
    assertThat(value(metadata, "f64").asDouble()).isEqualTo(Math.E);
    assertThat(value(metadata, "strings").elements().get(1))
        .isEqualTo(MetadataValue.ofString(RichFile.NOT_UTF8));
    assertThat(value(metadata, "strings").elements().get(2).asString()).isEqualTo("Ünïcode ▁");
    assertThat(value(metadata, "numbers").asLongs()).containsExactly(1, -2, 3);
    assertThat(value(metadata, "flags").elements())
        .containsExactly(MetadataValue.ofBool(true), MetadataValue.ofBool(false));
    assertThat(value(metadata, "nothing").elements()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void readsNestedArrays(ByteOrder order, int version) throws IOException {
    Metadata metadata = read(RichFile.bytes(order, version)).metadata();

    List<MetadataValue> nested = value(metadata, "nested").elements();
    assertThat(nested).hasSize(3);
    assertThat(nested.get(0).asLongs()).containsExactly(7, 8);
    assertThat(nested.get(1).elements().get(0).asStrings()).containsExactly("deep");
    assertThat(nested.get(2).elements().get(0).asDouble()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void readsTensors(ByteOrder order, int version) throws IOException {
    byte[] file = RichFile.bytes(order, version);

    GgufHeader header = read(file);

    assertThat(header.version()).isEqualTo(version);
    assertThat(header.byteOrder()).isEqualTo(order);
    assertThat(header.alignment()).isEqualTo(64);
    assertThat(header.dataOffset()).isEqualTo(file.length - RichFile.DATA_BYTES);
    assertThat(header.tensors())
        .containsExactly(
            new TensorInfo("token_embd.weight", GgmlType.F16, List.of(32L, 3L), 0),
            new TensorInfo("blk.0.attn_q.weight", GgmlType.Q4_0, List.of(32L, 2L), 192),
            new TensorInfo("blk.0.ffn_gate_exps.weight", GgmlType.F32, List.of(5L, 2L, 3L), 256),
            new TensorInfo("output_norm.weight", GgmlType.F32, List.of(1L), 384));
  }

  @Test
  void metadataOfBothByteOrdersAreEqual() throws IOException {
    Metadata little = read(RichFile.bytes(ByteOrder.LITTLE_ENDIAN, 3)).metadata();
    Metadata big = read(RichFile.bytes(ByteOrder.BIG_ENDIAN, 3)).metadata();

    assertThat(List.copyOf(big.pairs().entrySet()))
        .isEqualTo(List.copyOf(little.pairs().entrySet()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096})
  void obeysTheAlignmentStated(int alignment) throws IOException {
    int padded = Math.max(alignment, 4);
    GgufBytes out = GgufBytes.littleEndian().start(3, 2, 1);
    out.key("general.alignment", MetadataType.UINT32).u32(alignment);
    out.tensor("a", GgmlType.F32.id(), 0, 1).tensor("b", GgmlType.F32.id(), padded, 1);
    int headerEnd = out.size();
    out.padTo(alignment);
    int dataOffset = out.size();
    out.zeros(padded + 4);

    GgufHeader header = read(out.bytes());

    assertThat(header.alignment()).isEqualTo(alignment);
    assertThat(header.dataOffset())
        .isEqualTo(dataOffset)
        .isBetween((long) headerEnd, Long.MAX_VALUE);
    assertThat(header.tensors().get(1).offset()).isEqualTo(padded);
  }

  @Test
  void fileWithoutTensorsEndsAfterItsMetadata() throws IOException {
    GgufBytes out = GgufBytes.littleEndian().start(3, 0, 1);
    out.key("general.type", MetadataType.STRING).string("vocab");

    GgufHeader header = read(out.bytes());

    assertThat(header.tensors()).isEmpty();
    assertThat(header.dataOffset()).isEqualTo(out.size());
  }

  @Test
  void tensorWithoutDimensionsIsOneNumber() throws IOException {
    GgufBytes out = GgufBytes.littleEndian().start(3, 1, 0);
    out.tensor("scalar", GgmlType.F32.id(), 0).padTo(32).zeros(4);

    assertThat(read(out.bytes()).tensors().get(0).dimensions()).containsExactly(1L);
  }

  @Test
  void readsValuesLargerThanTheWindow() throws IOException {
    String large = "▁x".repeat(100_000);
    GgufBytes out = new GgufBytes(ByteOrder.BIG_ENDIAN).start(3, 0, 3);
    out.key("large", MetadataType.STRING).string(large);
    out.key("many", MetadataType.ARRAY).array(MetadataType.STRING, 30_000);
    for (int i = 0; i < 30_000; i++) {
      out.string("token" + i);
    }
    out.key("numbers", MetadataType.ARRAY).array(MetadataType.INT32, 50_000);
    for (int i = 0; i < 50_000; i++) {
      out.u32(i);
    }

    Metadata metadata = read(out.bytes()).metadata();

    assertThat(value(metadata, "large").asString()).isEqualTo(large);
    assertThat(value(metadata, "many").asStrings()).hasSize(30_000).endsWith("token29999");
    assertThat(value(metadata, "numbers").asLongs()).hasSize(50_000).endsWith(49_998, 49_999);
  }

  @Test
  void tellsGgufFromOtherFiles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.gguf");
    Files.write(file, RichFile.bytes(ByteOrder.LITTLE_ENDIAN, 3));

    assertThat(GgufReader.read(file).tensors()).hasSize(4);
    assertThat(GgufReader.isGguf(new MemoryInput(Files.readAllBytes(file)))).isTrue();
    assertThat(GgufReader.isGguf(start("GGUA"))).isFalse();
    assertThat(GgufReader.isGguf(start("GGU"))).isFalse();
  }

  @Test
  void findsWherePairsStart() throws IOException {
    MemoryInput file = new MemoryInput(RichFile.bytes(ByteOrder.LITTLE_ENDIAN, 3));

    assertThat(GgufReader.pairPosition(file, "general.architecture")).isEqualTo(24);
    assertThat(GgufReader.pairPosition(file, "u8")).isEqualTo(24 + 8 + 20 + 4 + 8 + 5);
    assertThat(GgufReader.pairPosition(file, "absent")).isZero();
  }

  private static MemoryInput start(String ascii) {
    return new MemoryInput(GgufBytes.littleEndian().raw(ascii).bytes());
  }

  private static GgufHeader read(byte[] file) throws IOException {
    return GgufReader.read(new MemoryInput(file));
  }

  private static MetadataValue value(Metadata metadata, String key) {
    return metadata.get(key).orElseThrow();
  }
}
