package dev.sparkquant.gguf.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("file");
  }

  @Test
  void writesAtAnyPositionInAnyOrder() throws IOException {
    try (LocalFileOutput output = LocalFileOutput.create(path)) {
      output.write(5, new byte[] {9, 5, 6, 9}, 1, 2);
      output.write(0, new byte[] {1, 2}, 0, 2);
      output.write(5, new byte[] {5}, 0, 1);
      output.force();
      assertThat(output.name()).isEqualTo(path.toString());
    }

    assertThat(path).hasBinaryContent(new byte[] {1, 2, 0, 0, 0, 5, 6});
  }

  @Test
  void readsAtAnyPosition() throws IOException {
    Files.write(path, new byte[] {1, 2, 3, 4, 5});
    byte[] buffer = new byte[4];

    try (LocalFileInput input = LocalFileInput.open(path)) {
      input.readFully(3, buffer, 1, 2);
      input.readFully(0, buffer, 3, 1);
      assertThat(input.length()).isEqualTo(5);
      assertThat(input.name()).isEqualTo(path.toString());
    }

    assertThat(buffer).containsExactly(0, 4, 5, 1);
  }

  @Test
  void movesMoreThanOneTransferAtOnce() throws IOException {
    byte[] written = new byte[3 * LocalFileOutput.LARGEST_TRANSFER + 17];
    new SplittableRandom(1).nextBytes(written);
    byte[] read = new byte[written.length];

    try (LocalFileOutput output = LocalFileOutput.create(path)) {
      output.write(0, written, 0, written.length);
    }
    try (LocalFileInput input = LocalFileInput.open(path)) {
      input.readFully(0, read, 0, read.length);
    }

    assertThat(read).isEqualTo(written);
  }

  @Test
  void readingBeyondTheEndSaysWhere() throws IOException {
    Files.write(path, new byte[10]);

    try (LocalFileInput input = LocalFileInput.open(path)) {
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> input.readFully(6, new byte[8], 0, 8))
          .withMessage(path + ": file ends at byte 10, 4 short");
    }
  }

  @Test
  void openedOutputKeepsWhatItHolds() throws IOException {
    Files.write(path, new byte[] {1, 2, 3});

    try (LocalFileOutput output = LocalFileOutput.open(path)) {
      output.write(1, new byte[] {7}, 0, 1);
    }

    assertThat(path).hasBinaryContent(new byte[] {1, 7, 3});
  }

  @Test
  void createsOnlyNewFilesAndOpensOnlyExistingOnes() throws IOException {
    assertThatThrownBy(() -> LocalFileOutput.open(path)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> LocalFileInput.open(path)).isInstanceOf(NoSuchFileException.class);
    Files.createFile(path);
    assertThatThrownBy(() -> LocalFileOutput.create(path))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void threadsShareInputsAndOutputs() throws Exception {
    int parts = 16;
    int size = 100_000;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (LocalFileOutput output = LocalFileOutput.create(path);
        LocalFileInput input = LocalFileInput.open(path)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        byte[] data = new byte[size];
        new SplittableRandom(part).nextBytes(data);
        long position = (long) part * size;
        tasks.add(
            threads.submit(
                () -> {
                  output.write(position, data, 0, size);
                  byte[] back = new byte[size];
                  input.readFully(position, back, 0, size);
                  assertThat(back).isEqualTo(data);
                  return null;
                }));
      }
      awaitAll(tasks);
      assertThat(input.length()).isEqualTo((long) parts * size);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitAll(List<Future<?>> tasks)
      throws InterruptedException, ExecutionException {
    for (Future<?> task : tasks) {
      task.get();
    }
  }
}
