package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
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

  private void writeOutcome() throws IOException {
    try (ChunkStore store = ChunkStore.fresh(folder, FINGERPRINT)) {
      store.write(outcome(5));
    }
  }

  private List<ChunkOutcome> resumed(byte[] fingerprint) throws IOException {
    try (ChunkStore store = ChunkStore.resume(folder, fingerprint)) {
      return store.read();
    }
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void outcomesComeBack() throws IOException {
    writeOutcome();

    assertThat(resumed(FINGERPRINT)).usingRecursiveComparison().isEqualTo(List.of(outcome(5)));
  }

  @Test
  void aFreshStoreIsEmpty() throws IOException {
    writeOutcome();

    try (ChunkStore store = ChunkStore.fresh(folder, FINGERPRINT)) {
      assertThat(store.read()).isEmpty();
    }
  }

  @Test
  void outcomesOfAnotherRunAreRefused() throws IOException {
    writeOutcome();

    assertThatThrownBy(() -> resumed(new byte[] {1, 2, 3, 5}))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot resume: " + onlyFile() + " is of a run with other models");
  }

  @Test
  void truncatedOutcomesAreRefused() throws IOException {
    writeOutcome();
    byte[] whole = Files.readAllBytes(onlyFile());
    Files.write(onlyFile(), Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> resumed(FINGERPRINT))
        .isInstanceOf(StorageException.class)
        .hasMessage("Cannot resume: " + onlyFile() + " is truncated; delete it");
  }

  @Test
  void oneRunAtATimeHasAFolder() throws IOException {
    writeOutcome();

    try (ChunkStore store = ChunkStore.resume(folder, FINGERPRINT)) {
      assertThatThrownBy(() -> ChunkStore.fresh(folder, FINGERPRINT))
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith("Cannot use " + folder + ": another run is using it now");
      assertThat(store.read()).hasSize(1);
    }
    assertThat(resumed(FINGERPRINT)).hasSize(1);
  }

  @Test
  void aCountThatTheFileCannotHoldIsRefusedUnread() throws IOException {
    writeOutcome();
    Path file = onlyFile();
    byte[] bytes = Files.readAllBytes(file);
    int count = 4 + FINGERPRINT.length + 3 * 4 + 4;
    for (int claim : new int[] {Integer.MAX_VALUE, -1}) {
      ByteBuffer.wrap(bytes).putInt(count, claim);
      Files.write(file, bytes);

      assertThatThrownBy(() -> resumed(FINGERPRINT))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("is damaged (the scores of " + claim + " tokens");
    }
  }

  @Test
  void chunksThatTheRunHasNotAreRefused() throws IOException {
    DivergenceOrder order =
        new DivergenceOrder(
            "base", null, List.of("model"), List.of(corpus("a"), corpus("b"), corpus("c")), null);
    writeOutcome();
    try (ChunkStore store = ChunkStore.resume(folder, FINGERPRINT)) {
      DivergenceCollector collector = new DivergenceCollector(order, store, null);

      assertThatThrownBy(collector::resume)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("scores of chunk 6 of corpus 3, which this run has not");
    }
  }

  private static TokenizedCorpus corpus(String name) {
    return TokenizedCorpus.of(name, new int[64], 16, 2, OptionalInt.empty());
  }
}
