package dev.sparkquant.gguf.imatrix;

import static dev.sparkquant.gguf.imatrix.ImatrixBytes.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.sparkquant.gguf.GgufBytes;
import dev.sparkquant.gguf.GgufException;
import dev.sparkquant.gguf.GgufReader;
import dev.sparkquant.gguf.MemoryInput;
import dev.sparkquant.gguf.MetadataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedImatrixTest {
  private static final long SEED = 20260802;
  private static final float NAN = Float.NaN;

  static Stream<Arguments> older() {
    return Stream.of(
        damage("empty file", legacy(), 0, "file ends in the number of entries"),
        damage("no entries", legacy().u32(0).zeros(20), 0, "is no importance matrix"),
        damage("other file", legacy().raw("\u007fELF").zeros(60), 0, "it would have 1179403647"),
        damage("entries < 0", legacy().u32(-1).zeros(20), 0, "it would have -1 entries"),
        damage("entries beyond file", legacy().u32(2).zeros(33), 0, "it would have 2 entries"),
        damage("empty name", legacy().u32(1).u32(0).zeros(20), 4, "name of entry 0 is empty"),
        damage("name < 0", legacy().u32(1).u32(-5).zeros(20), 4, "length of 18446744073709551611"),
        damage(
            "name beyond file", legacy().u32(1).u32(50).zeros(20), 8, "50 bytes wanted, 20 left"),
        damage("name with NUL", legacy().u32(1).u32(2).raw("a\0").zeros(20), 8, "contains a NUL"),
        damage("name no UTF-8", legacy().u32(1).u32(1).u8(0xFF).zeros(20), 8, "is not UTF-8"),
        damage(
            "same entry twice",
            entry(entry(legacy().u32(2), "a", 1, 1), "a", 1, 1),
            21,
            "entry 'a' occurs twice"),
        damage("no values", entry(legacy().u32(1), "a", 1).zeros(9), 13, "'a' has 0 values"),
        damage("values < 0", values(-3).zeros(9), 13, "'a' has -3 values"),
        damage("values beyond file", values(3).zeros(11), 17, "3 values wanted, 11 bytes left"),
        damage("many values", values(Integer.MAX_VALUE).zeros(11), 17, "2147483647 values wanted"),
        damage("NaN", entry(legacy().u32(1), "a", 1, 1, NAN), 21, "'a' has NaN at index 1"),
        damage(
            "infinity",
            entry(legacy().u32(1), "a", 1, Float.NEGATIVE_INFINITY),
            17,
            "'a' has -Infinity at index 0"),
        damage("cut chunks", one().raw("\1\0"), 21, "ends in the number of chunks"),
        damage("cut length", one().u32(1).raw("\1\0"), 25, "ends in the length of the dataset"),
        damage("cut dataset", one().u32(1).u32(5).raw("abcd"), 25, "has 5 bytes, but 4 are left"),
        damage("dataset < 0", one().u32(1).u32(-1), 25, "has -1 bytes, but 0 are left"),
        damage("more at the end", one().u32(1).u32(1).raw("ab"), 30, "1 bytes follow where the"));
  }

  static Stream<Arguments> gguf() {
    GgufBytes noDatasets = GgufBytes.littleEndian().start(3, 0, 1);
    noDatasets.key("general.architecture", MetadataType.STRING).string("llama");
    return Stream.of(
        damage("a model", noDatasets, 0, "imatrix.datasets is missing: the file is no importance"),
        damage("no chunk count", metadata(1), 0, "imatrix.chunk_count is missing"),
        damage("no chunk size", metadata(2), 0, "imatrix.chunk_size is missing"),
        damage("nothing", metadata(3), 0, "has no tensor that ends in .in_sum2"),
        damage(
            "datasets no strings",
            GgufBytes.littleEndian()
                .start(3, 0, 1)
                .key("imatrix.datasets", MetadataType.BOOL)
                .u8(1),
            24,
            "metadata imatrix.datasets is true, but must be an array of strings"),
        damage(
            "chunk count i32",
            datasets(2).key("imatrix.chunk_count", MetadataType.INT32).u32(1),
            64,
            "imatrix.chunk_count has type INT32, but must be UINT32"),
        damage(
            "chunk count above 2^31",
            datasets(2).key("imatrix.chunk_count", MetadataType.UINT32).u32(-1),
            64,
            "imatrix.chunk_count is 4294967295, but must be below 2^31"));
  }

  static Stream<Arguments> ggufTensors() {
    float[] two = {1, 2};
    return Stream.of(
        tensors("no counts", newFormat().tensor("a.in_sum2", two, 2), 0, "but no counts"),
        tensors("no sums", newFormat().tensor("a.counts", two, 2), 0, "but no sums"),
        tensors(
            "odd number of counts",
            newFormat().tensor("a.in_sum2", two, 2).tensor("a.counts", new float[3], 3),
            0,
            "has 2 sums, no multiple of its 3 counts"),
        tensors(
            "NaN sum",
            newFormat()
                .tensor("a.in_sum2", new float[] {1, NAN}, 2)
                .tensor("a.counts", new float[1], 1),
            4,
            "tensor 'a.in_sum2' has NaN at index 1"),
        tensors(
            "infinite count",
            newFormat()
                .tensor("a.in_sum2", two, 2)
                .tensor("a.counts", new float[] {Float.POSITIVE_INFINITY}, 1),
            32,
            "tensor 'a.counts' has Infinity at index 0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"older", "gguf"})
  void isRefused(String damage, byte[] file, long offset, String reason) {
    GgufException error =
        catchThrowableOfType(
            GgufException.class, () -> ImportanceMatrix.read(new MemoryInput(file)));

    assertThat(error)
        .isNotNull()
        .hasMessageStartingWith(MemoryInput.NAME + ": at byte " + offset + ": ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ggufTensors")
  void ggufTensorsAreRefused(String damage, byte[] file, long inData, String reason)
      throws IOException {
    long data = GgufReader.read(new MemoryInput(file)).dataOffset();

    isRefused(damage, file, data + inData, reason);
  }

  @Test
  void valuesThatDoNotFitInMemoryAreRefused() {
    byte[] old = entry(entry(legacy().u32(2), "a", 1, 1, 2), "b", 1, 3, 4, 5).bytes();
    byte[] gguf = whole();

    assertThatExceptionOfType(GgufException.class)
        .isThrownBy(() -> LegacyFormat.read(new MemoryInput(old), 19))
        .withMessageContaining("entry 'b' brings the values to 20 bytes, but 19 fit in memory");
    assertThatExceptionOfType(GgufException.class)
        .isThrownBy(() -> GgufFormat.read(new MemoryInput(gguf), 15))
        .withMessageContaining("tensor 'a.counts' brings the values to 16 bytes, but 15 fit");
    assertThatNoException().isThrownBy(() -> LegacyFormat.read(new MemoryInput(old), 20));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] old = entry(legacy().u32(1), "a", 1, 1).u32(1).u32(3).raw("abc").bytes();
    byte[] gguf = whole();

    for (int size = 0; size < gguf.length; size++) {
      assertRefused(Arrays.copyOf(gguf, size));
    }
    for (int size = 0; size < old.length; size++) {
      // Chunks and dataset may be missing.
      if (size != 21 && size != 25) {
        assertRefused(Arrays.copyOf(old, size));
      }
    }
  }

  @Test
  void damagedFilesAreReadOrRefused() {
    byte[] old =
        entry(entry(legacy().u32(2), "a", 1, 1), "b", 2, 1, 2, 3).u32(1).u32(3).raw("abc").bytes();
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 10_000; round++) {
      SplittableRandom random = new SplittableRandom(SEED + round);
      byte[] file = damage((round % 2 == 0 ? old : whole()).clone(), random);
      try {
        ImportanceMatrix.read(new MemoryInput(file));
        read++;
      } catch (GgufException e) {
        assertThat(e.offset()).as("seed %d", SEED + round).isBetween(0L, (long) file.length);
        refused++;
      } catch (IOException | RuntimeException e) {
        fail("seed " + (SEED + round), e);
      }
    }
    assertThat(read).isGreaterThan(500);
    assertThat(refused).isGreaterThan(500);
  }

  /** Flips a bit, or puts another number somewhere. */
  private static byte[] damage(byte[] file, SplittableRandom random) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = random.nextInt(file.length - 3);
    if (random.nextBoolean()) {
      bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
    } else {
      bytes.putInt(at, random.nextInt() >> random.nextInt(32));
    }
    return file;
  }

  private static void assertRefused(byte[] file) {
    assertThatExceptionOfType(GgufException.class)
        .as("first %d bytes", file.length)
        .isThrownBy(() -> ImportanceMatrix.read(new MemoryInput(file)));
  }

  private static Arguments damage(String name, GgufBytes file, long offset, String reason) {
    return Arguments.of(name, file.bytes(), offset, reason);
  }

  /** Damage in the data section, at the byte given. */
  private static Arguments tensors(String name, ImatrixBytes file, long inData, String reason) {
    return Arguments.of(name, file.bytes(), inData, reason);
  }

  /** A sound file of the GGUF format, with three values and a count. */
  private static byte[] whole() {
    return newFormat()
        .tensor("a.in_sum2", new float[] {1, 2, 3}, 3)
        .tensor("a.counts", new float[] {4}, 1)
        .bytes();
  }

  private static ImatrixBytes newFormat() {
    return new ImatrixBytes(ByteOrder.LITTLE_ENDIAN);
  }

  private static GgufBytes legacy() {
    return GgufBytes.littleEndian();
  }

  /** One sound entry of the older format, of 21 bytes with the number of entries. */
  private static GgufBytes one() {
    return entry(legacy().u32(1), "a", 1, 1);
  }

  /** An entry that claims so many values, which are to be appended. */
  private static GgufBytes values(int count) {
    return legacy().u32(1).u32(1).raw("a").u32(1).u32(count);
  }

  /** A GGUF file with one dataset; the other pairs are to be appended. */
  private static GgufBytes datasets(int pairs) {
    GgufBytes out = GgufBytes.littleEndian().start(3, 0, pairs);
    return out.key("imatrix.datasets", MetadataType.ARRAY).array(MetadataType.STRING, 0);
  }

  /** A GGUF file without tensors, with that many of the pairs needed. */
  private static GgufBytes metadata(int pairs) {
    GgufBytes out = datasets(pairs);
    if (pairs > 1) {
      out.key("imatrix.chunk_count", MetadataType.UINT32).u32(1);
    }
    if (pairs > 2) {
      out.key("imatrix.chunk_size", MetadataType.UINT32).u32(1);
    }
    return out;
  }
}
