package dev.sparkquant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EarlyWritebackTest {
  /** Longer than the pause between two rounds. */
  private static final long A_WHILE = 1500;

  @TempDir private Path folder;

  @Test
  void leavesFilesAsTheyAre() throws Exception {
    Path file = Files.writeString(folder.resolve("output"), "what tasks wrote");
    EarlyWriteback writeback = new EarlyWriteback();
    writeback.add(file);
    Thread.sleep(A_WHILE);
    writeback.stop();
    writeback.requireSuccess();
    assertThat(file).hasContent("what tasks wrote");
  }

  @Test
  void tellsOfFailuresThatNobodyElseLearnsOf() throws Exception {
    EarlyWriteback writeback = new EarlyWriteback();
    writeback.add(folder.resolve("missing"));
    Thread.sleep(A_WHILE);
    writeback.stop();
    assertThatThrownBy(writeback::requireSuccess)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot write " + folder.resolve("missing") + " to its device");
  }

  @Test
  @Timeout(10)
  void stopsWithoutHavingStarted() throws Exception {
    EarlyWriteback writeback = new EarlyWriteback();
    writeback.stop();
    writeback.stop();
    writeback.requireSuccess();
  }
}
