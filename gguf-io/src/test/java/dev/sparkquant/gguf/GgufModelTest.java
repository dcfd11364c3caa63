package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sparkquant.gguf.io.InputOpener;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufModelTest {
  private static final String FIRST = "dir/m-00001-of-00003.gguf";
  private static final String SECOND = "dir/m-00002-of-00003.gguf";
  private static final String THIRD = "dir/m-00003-of-00003.gguf";

  /** Where the first metadata pair of a file starts. */
  private static final int FIRST_PAIR = 24;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final InputOpener opener =
      name -> {
        byte[] file = files.get(name);
        if (file == null) {
          throw new NoSuchFileException(name);
        }
        return new MemoryInput(file);
      };

  @Test
  void opensAModelInOneFile() throws IOException {
    files.put("one.gguf", shard(Metadata.empty(), "a", "b"));

    GgufModel model = GgufModel.open("one.gguf", opener);

    assertThat(model.shards()).extracting(ModelShard::name).containsExactly("one.gguf");
    assertThat(model.tensors()).extracting(ModelTensor::name).containsExactly("a", "b");
    assertThat(model.tensors()).extracting(ModelTensor::position).containsExactly(96L, 128L);
  }

  @Test
  void opensAllShards() throws IOException {
    putThreeShards();

    GgufModel model = GgufModel.open(FIRST, opener);

    assertThat(model.shards()).extracting(ModelShard::name).containsExactly(FIRST, SECOND, THIRD);
    assertThat(model.metadata().pairs()).containsKeys("general.name", "split.count");
    assertThat(model.tensors())
        .extracting(ModelTensor::name)
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(model.tensors()).extracting(ModelTensor::shard).containsExactly(0, 0, 1, 1, 2);
    for (ModelTensor tensor : model.tensors()) {
      byte[] file = files.get(model.shards().get(tensor.shard()).name());
      assertThat(file[(int) tensor.position()]).isEqualTo((byte) tensor.name().charAt(0));
      assertThat(tensor.bytes()).isEqualTo(4);
    }
  }

  @Test
  void opensLocalShards(@TempDir Path folder) throws IOException {
    putThreeShards();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(Path.of(file.getKey()).getFileName()), file.getValue());
    }

    GgufModel model = GgufModel.open(folder.resolve("m-00001-of-00003.gguf"));

    assertThat(model.tensors()).hasSize(5);
  }

  @Test
  void closesWhatItOpens() throws IOException {
    putThreeShards();
    List<MemoryInput> opened = new ArrayList<>();
    InputOpener watching =
        name -> {
          opened.add(new MemoryInput(files.get(name)));
          return opened.get(opened.size() - 1);
        };

    GgufModel.open(FIRST, watching);

    assertThat(opened).hasSize(3).allMatch(MemoryInput::isClosed);
  }

  @Test
  void mergedModelsMayKeepACountOfZero() throws IOException {
    files.put("one.gguf", shard(place(0, 0, 1), "a"));

    assertThat(GgufModel.open("one.gguf", opener).tensors()).hasSize(1);
  }

  @Test
  void numbersInAnyIntegerTypeWillDo() throws IOException {
    files.put(
        "m-00001-of-00001.gguf",
        shard(Metadata.empty().with("split.count", MetadataValue.ofUint32(1)), "a"));

    assertThat(GgufModel.open("m-00001-of-00001.gguf", opener).tensors()).hasSize(1);
  }

  @Test
  void laterShardIsRefusedNamingTheFirst() {
    putThreeShards();

    assertRefused(SECOND, SECOND, FIRST_PAIR, "this is shard 2 of 3: open the first one, " + FIRST);
  }

  @Test
  void renamedLaterShardIsRefused() {
    putThreeShards();
    files.put("renamed.gguf", files.get(SECOND));

    assertRefused(
        "renamed.gguf",
        "renamed.gguf",
        FIRST_PAIR,
        "this is shard 2 of 3: open the first one, whose name ends in -00001-of-00003.gguf");
  }

  @Test
  void renamedFirstShardIsRefused() {
    putThreeShards();
    files.put("renamed.gguf", files.get(FIRST));

    assertRefused("renamed.gguf", "renamed.gguf", "split.count", "does not end in -00001-of-00003");
  }

  @Test
  void missingShardIsNamed() {
    putThreeShards();
    files.remove(THIRD);

    assertRefused(
        FIRST,
        FIRST,
        "split.count",
        "model has 3 shards, but number 3, " + THIRD + ", is missing: put it beside the first");
  }

  @Test
  void otherStoragesMayReportMissingFilesInTheirWay() {
    putThreeShards();
    InputOpener hadoopLike =
        name -> {
          if (name.equals(SECOND)) {
            throw new FileNotFoundException(name);
          }
          return opener.open(name);
        };

    assertThatExceptionOfType(GgufException.class)
        .isThrownBy(() -> GgufModel.open(FIRST, hadoopLike))
        .withMessageContaining("number 2, " + SECOND + ", is missing")
        .withCauseInstanceOf(FileNotFoundException.class);
  }

  @Test
  void shardInTheWrongPlaceIsRefused() {
    putThreeShards();
    files.put(SECOND, files.get(THIRD));

    assertRefused(FIRST, SECOND, FIRST_PAIR, "split.no is 2, but the file's name says 1");
  }

  @Test
  void shardOfAnotherSplitIsRefused() {
    putThreeShards();
    files.put(SECOND, shard(place(1, 4, 5), "c", "d"));

    assertRefused(FIRST, SECOND, "split.count", "split.count is 4, but the first shard says 3");
  }

  @Test
  void shardWithoutItsNumberIsRefused() {
    putThreeShards();
    files.put(SECOND, shard(Metadata.empty(), "c", "d"));

    assertRefused(FIRST, SECOND, 0, "split.no is missing, which every shard must state");
  }

  @Test
  void numberOfTheWrongTypeIsRefused() {
    putThreeShards();
    files.put(
        FIRST, shard(place(0, 3, 5).with("split.count", MetadataValue.ofString("3")), "a", "b"));

    assertRefused(FIRST, FIRST, "split.count", "split.count has type STRING, but must be an int");
  }

  @Test
  void negativeCountIsRefused() {
    files.put(FIRST, shard(place(0, 3, 5).with("split.count", MetadataValue.ofInt32(-3)), "a"));

    assertRefused(FIRST, FIRST, "split.count", "split.count is -3, but must be from 0 to 65535");
  }

  @Test
  void tensorInTwoShardsIsRefused() {
    putThreeShards();
    files.put(THIRD, shard(place(2, 3, 5), "b"));

    assertThatExceptionOfType(GgufException.class)
        .isThrownBy(() -> GgufModel.open(FIRST, opener))
        .withMessageMatching(THIRD + ": at byte \\d+: tensor 'b' is also in " + FIRST)
        .satisfies(e -> assertThat(files.get(THIRD)[(int) e.offset() + 8]).isEqualTo((byte) 'b'));
  }

  @Test
  void wrongNumberOfTensorsIsRefused() {
    putThreeShards();
    files.put(FIRST, shard(place(0, 3, 6), "a", "b"));

    assertRefused(
        FIRST, FIRST, "split.tensors.count", "split.tensors.count is 6, but the shards hold 5");
  }

  @Test
  void damageInALaterShardNamesThatFile() {
    putThreeShards();
    files.put(THIRD, new byte[100]);

    assertRefused(FIRST, MemoryInput.NAME, 0, "not 'GGUF'");
  }

  private void assertRefused(String opened, String blamed, String key, String reason) {
    byte[] file = files.get(blamed);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertRefused(opened, blamed, text.indexOf(key) - 8, reason);
  }

  private void assertRefused(String opened, String blamed, long offset, String reason) {
    assertThatExceptionOfType(GgufException.class)
        .isThrownBy(() -> GgufModel.open(opened, opener))
        .withMessageStartingWith(blamed + ": at byte " + offset + ": ")
        .withMessageContaining(reason);
  }

  private void putThreeShards() {
    files.put(
        FIRST, shard(place(0, 3, 5).with("general.name", MetadataValue.ofString("m")), "a", "b"));
    files.put(SECOND, shard(place(1, 3, 5), "c", "d"));
    files.put(THIRD, shard(place(2, 3, 5), "e"));
  }

  private static Metadata place(int number, int count, int tensors) {
    return Metadata.empty()
        .with("split.no", MetadataValue.ofUint16(number))
        .with("split.count", MetadataValue.ofUint16(count))
        .with("split.tensors.count", MetadataValue.ofInt32(tensors));
  }

  /** A file of tensors of one F32, whose data start with the first letter of their names. */
  private static byte[] shard(Metadata metadata, String... names) {
    List<TensorInfo> tensors = new ArrayList<>();
    for (String name : names) {
      tensors.add(new TensorInfo(name, GgmlType.F32, List.of(1L), 0));
    }
    TensorLayout layout = TensorLayout.of(tensors, 32);
    GgufBytes out = GgufBytes.littleEndian().raw(GgufWriter.header(metadata, layout.tensors()));
    for (String name : names) {
      out.raw(name).padTo(32);
    }
    return out.bytes();
  }
}
