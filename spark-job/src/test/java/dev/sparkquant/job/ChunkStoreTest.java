package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreTest {
  private static final byte[] FINGERPRINT = {1, 2, 3, 4};

  @TempDir Path folder;

  private static ChunkOutcome outcome(int chunk) {
    return new ChunkOutcome(
        2,
        chunk,
        List.of(
            new ChunkScores(
                chunk,
                new int[] {7, 8},
                new double[] {0.25, -1e-9},
                new double[] {-1.5, -2},
                new double[] {-1, -3},
                new boolean[] {true, false})));
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void outcomesComeBack() throws IOException {
    ChunkStore.fresh(folder, FINGERPRINT).write(outcome(5));

    List<ChunkOutcome> read = ChunkStore.resume(folder, FINGERPRINT).read();

    assertThat(read).usingRecursiveComparison().isEqualTo(List.of(outcome(5)));
  }

  @Test
  void aFreshStoreIsEmpty() throws IOException {
    ChunkStore.fresh(folder, FINGERPRINT).write(outcome(5));

    assertThat(ChunkStore.fresh(folder, FINGERPRINT).read()).isEmpty();
  }

  @Test
  void outcomesOfAnotherRunAreRefused() throws IOException {
    ChunkStore.fresh(folder, FINGERPRINT).write(outcome(5));

    assertThatThrownBy(() -> ChunkStore.resume(folder, new byte[] {1, 2, 3, 5}).read())
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot resume: " + onlyFile() + " is of a run with other models");
  }

  @Test
  void truncatedOutcomesAreRefused() throws IOException {
    ChunkStore.fresh(folder, FINGERPRINT).write(outcome(5));
    byte[] whole = Files.readAllBytes(onlyFile());
    Files.write(onlyFile(), Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> ChunkStore.resume(folder, FINGERPRINT).read())
        .isInstanceOf(StorageException.class)
        .hasMessage("Cannot resume: " + onlyFile() + " is truncated; delete it");
  }
}
