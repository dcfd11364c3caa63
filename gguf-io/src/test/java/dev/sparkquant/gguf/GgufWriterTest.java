package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufWriterTest {

  @Test
  void givesBackTheBytesOfAVersion3File() throws IOException {
    byte[] file = RichFile.bytes(ByteOrder.LITTLE_ENDIAN, 3);

    GgufHeader header = GgufReader.read(new MemoryInput(file));

    assertThat(GgufWriter.header(header.metadata(), header.tensors()))
        .isEqualTo(Arrays.copyOf(file, (int) header.dataOffset()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void turnsBigEndianHeadersIntoLittleEndianOnes(int version) throws IOException {
    byte[] little = RichFile.bytes(ByteOrder.LITTLE_ENDIAN, 3);
    byte[] big = RichFile.bytes(ByteOrder.BIG_ENDIAN, version);

    GgufHeader header = GgufReader.read(new MemoryInput(big));

    assertThat(GgufWriter.header(header.metadata(), header.tensors()))
        .isEqualTo(Arrays.copyOf(little, (int) header.dataOffset()));
  }

  @Test
  void leavesOutTrailingDimensionsOfOne() {
    byte[] header =
        GgufWriter.header(
            Metadata.empty(),
            List.of(
                new TensorInfo("a", GgmlType.F32, List.of(8L, 1L, 1L), 0),
                new TensorInfo("b", GgmlType.F32, List.of(1L, 1L), 32),
                new TensorInfo("c", GgmlType.F32, List.of(1L, 3L, 1L), 64)));

    GgufBytes expected = GgufBytes.littleEndian().start(3, 3, 0);
    expected.tensor("a", 0, 0, 8).tensor("b", 0, 32, 1).tensor("c", 0, 64, 1, 3).padTo(32);
    assertThat(header).isEqualTo(expected.bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 32, 64, 4096})
  void padsToTheAlignmentOfItsMetadata(int alignment) {
    Metadata metadata =
        Metadata.empty().with("general.alignment", MetadataValue.ofUint32(alignment));

    byte[] header = GgufWriter.header(metadata, List.of());

    int unpadded = 24 + 8 + 17 + 4 + 4;
    assertThat(header.length % alignment).isZero();
    assertThat(header.length - unpadded).isBetween(0, alignment - 1);
  }

  @Test
  void layoutPadsEveryTensorAndTheLast() {
    TensorInfo q4 = new TensorInfo("a", GgmlType.Q4_0, List.of(32L, 2L), 77);
    TensorInfo f32 = new TensorInfo("b", GgmlType.F32, List.of(16L), 77);

    TensorLayout layout = TensorLayout.of(List.of(q4, f32, q4.stored(GgmlType.I8, 5)), 64);

    assertThat(layout.tensors()).extracting(TensorInfo::offset).containsExactly(0L, 64L, 128L);
    assertThat(layout.tensors()).extracting(TensorInfo::bytes).containsExactly(36L, 64L, 64L);
    assertThat(layout.dataBytes()).isEqualTo(192);
  }

  @Test
  void layoutOfHugeTensorsIsExact() {
    TensorInfo huge = new TensorInfo("a", GgmlType.BF16, List.of(1L << 20, 1L << 20, 3L), 0);

    TensorLayout layout = TensorLayout.of(List.of(huge, huge), 32);

    assertThat(layout.tensors().get(1).offset()).isEqualTo(6L << 40);
    assertThat(layout.dataBytes()).isEqualTo(12L << 40);
  }

  @Test
  void refusesWhatTheReaderWouldRefuse() {
    TensorInfo tensor = new TensorInfo("a", GgmlType.F32, List.of(1L), 0);
    Metadata none = Metadata.empty();
    MetadataValue value = MetadataValue.ofBool(true);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> GgufWriter.header(none, List.of(tensor, tensor.stored(tensor.type(), 32))))
        .withMessage("Cannot write tensor 'a' twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GgufWriter.header(none, List.of(tensor.stored(tensor.type(), 32))))
        .withMessage("Cannot write tensor 'a' at offset 32: it must be at 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                GgufWriter.header(
                    none, List.of(new TensorInfo("ä".repeat(32), GgmlType.F32, List.of(1L), 0))))
        .withMessageContaining("must have 1 to 63 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GgufWriter.header(none.with("", value), List.of()))
        .withMessageContaining("metadata key ''");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GgufWriter.header(none.with("k\0", value), List.of()))
        .withMessageContaining("no NUL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GgufWriter.header(none.with("k".repeat(65536), value), List.of()))
        .withMessageContaining("must have 1 to 65535 bytes");
  }
}
