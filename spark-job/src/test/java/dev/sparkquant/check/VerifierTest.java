package dev.sparkquant.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.Checksum;
import dev.sparkquant.gguf.io.InputOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
  /** 5 numbers, then padding; then two blocks a row of Q8_0, 3 rows, then padding. */
  private final ModelFile model =
      new ModelFile()
          .tensor("norm", GgmlType.F32, ModelFile.numbers(1, 2, 3, 4, 5), 5L)
          .random("w", GgmlType.Q8_0, 1, 64, 3);

  @TempDir private Path folder;

  private Verdict verify(byte[] bytes, RecordedFile recorded) throws IOException {
    Path file = Files.write(folder.resolve("model.gguf"), bytes);
    return new Verifier(InputOpener.local(), 2)
        .verify(file.toString(), name -> Optional.ofNullable(recorded), ReadProgress.NONE);
  }

  private void assertDamaged(byte[] bytes, String tensor, String reason) throws IOException {
    assertThat(verify(bytes, null).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.file()).endsWith("model.gguf");
              assertThat(problem.tensor()).isEqualTo(tensor);
              assertThat(problem.reason()).contains(reason);
            });
  }

  /** What a run that wrote these bytes would have recorded. */
  private RecordedFile record(byte[] bytes) {
    Map<String, String> tensors = new HashMap<>();
    tensors.put("norm", Checksum.of(bytes, model.position(0), 20).hex());
    tensors.put("w", Checksum.of(bytes, model.position(1), 6 * 34).hex());
    return new RecordedFile("the run", Checksum.of(bytes, 0, model.position(0)).hex(), tensors);
  }

  @Test
  void aWholeModelHasNoProblems() throws IOException {
    byte[] bytes = model.bytes();
    Verdict verdict = verify(bytes, record(bytes));
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.isWhole()).isTrue();
    assertThat(verdict.tensors()).isEqualTo(2);
    assertThat(verdict.bytes()).isEqualTo(bytes.length);
  }

  @Test
  void bytesThatBelongToNothingAreDamage() throws IOException {
    byte[] bytes = model.bytes();
    assertDamaged(
        Arrays.copyOf(bytes, bytes.length + 7), null, "7 bytes follow at byte " + bytes.length);
    assertDamaged(Arrays.copyOf(bytes, bytes.length - 3), null, "the file ends 3 bytes too early");

    bytes[model.position(0) + 20] = 1;
    assertDamaged(bytes, null, "padding is not zero at byte " + (model.position(0) + 20));
  }

  @Test
  void aFileThatEndsInATensorIsDamaged() throws IOException {
    assertDamaged(Arrays.copyOf(model.bytes(), model.position(1) + 9), null, "too early");
    assertDamaged(new byte[100], null, "at byte 0");
  }

  @Test
  void whatIsNotFiniteIsNamedByItsPlace() throws IOException {
    byte[] bytes = model.bytes();
    // The scale of the fourth block: the second of row 1.
    bytes[model.position(1) + 3 * 34 + 1] = 0x7C;
    assertDamaged(bytes, "w", "a scale of the block at row 1, column 32 is NaN or infinite");

    bytes = model.bytes();
    System.arraycopy(ModelFile.numbers(Float.NaN), 0, bytes, model.position(0) + 8, 4);
    assertDamaged(bytes, "norm", "the number at row 0, column 2 is NaN or infinite");
  }

  @Test
  void oneBitIsEnoughToDifferFromTheRecord() throws IOException {
    RecordedFile record = record(model.bytes());
    byte[] bytes = model.bytes();
    bytes[model.position(1) + 50] ^= 4;
    assertThat(verify(bytes, record).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.tensor()).isEqualTo("w"))
        .extracting(Problem::reason)
        .asString()
        .contains("changed since", record.tensors().get("w"));

    bytes = model.bytes();
    bytes[bytes.length - 1] = 0;
    // The architecture's last letter, still a valid header.
    int letter =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("llama") + 4;
    bytes[letter] = 'b';
    assertThat(verify(bytes, record).problems())
        .singleElement()
        .extracting(Problem::reason)
        .asString()
        .contains("the header changed");
  }

  @Test
  void tensorsThatCameOrWentAreNamed() throws IOException {
    byte[] bytes = model.bytes();
    RecordedFile record = record(bytes);
    Map<String, String> tensors = new HashMap<>(record.tensors());
    tensors.put("gone", tensors.remove("norm"));
    assertThat(verify(bytes, new RecordedFile("run", record.headerCrc32c(), tensors)).problems())
        .extracting(Problem::tensor)
        .containsExactlyInAnyOrder("norm", "gone");
  }

  @Test
  void tensorsOfSeveralPiecesAreReadWhole() throws IOException {
    int count = 3 << 20;
    float[] values = ModelFile.floats(5, count);
    byte[] data = ModelFile.numbers(values);
    ModelFile large = new ModelFile().tensor("large", GgmlType.F32, data, 1024L, 3L << 10);
    Path file = large.write(folder.resolve("large.gguf"));
    AtomicLong read = new AtomicLong();
    ReadProgress progress =
        new ReadProgress() {
          @Override
          public void started(long bytes) {
            read.addAndGet(-bytes);
          }

          @Override
          public void advanced(long bytes) {
            read.addAndGet(bytes);
          }
        };
    String header = Checksum.of(large.bytes(), 0, large.position(0)).hex();
    RecordedFile record =
        new RecordedFile("run", header, Map.of("large", Checksum.of(data, 0, data.length).hex()));
    Verifier verifier = new Verifier(InputOpener.local(), 3);
    assertThat(verifier.verify(file.toString(), name -> Optional.of(record), progress).problems())
        .isEmpty();
    assertThat(read).hasValue(0);

    values[(2 << 20) + 5] = Float.POSITIVE_INFINITY;
    values[(2 << 20) + 500] = Float.NaN;
    new ModelFile()
        .tensor("large", GgmlType.F32, ModelFile.numbers(values), 1024L, 3L << 10)
        .write(file);
    assertThat(
            verifier
                .verify(file.toString(), name -> Optional.empty(), ReadProgress.NONE)
                .problems())
        .singleElement()
        .extracting(Problem::reason)
        .asString()
        .contains("row 2048, column 5");
  }

  @Test
  void aMissingFileIsNoDamage() {
    assertThatThrownBy(
            () ->
                new Verifier(InputOpener.local(), 1)
                    .verify(
                        folder.resolve("none.gguf").toString(),
                        name -> Optional.empty(),
                        ReadProgress.NONE))
        .isInstanceOf(NoSuchFileException.class);
  }
}
