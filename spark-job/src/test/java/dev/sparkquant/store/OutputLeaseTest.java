package dev.sparkquant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLeaseTest {
  @TempDir private java.nio.file.Path folder;
  private FileSystem files;
  private Path lock;
  private Path output;

  @BeforeEach
  void open() throws Exception {
    files = new RawLocalFileSystem();
    files.initialize(folder.toUri(), new Configuration());
    lock = new Path(folder.toUri().toString(), "out.gguf.unfinished/lock");
    output = new Path(folder.toUri().toString(), "out.gguf");
  }

  @Test
  void oneRunAtATimeHasIt() throws Exception {
    try (OutputLease first = OutputLease.take(files, lock, output)) {
      assertThatThrownBy(() -> OutputLease.take(files, lock, output))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another run is writing it now");
      first.requireHeld("out.gguf");
    }
    OutputLease.take(files, lock, output).close();
    assertThat(files.exists(lock)).isFalse();
  }

  @Test
  void whatAKilledRunLeftIsTakenOverAfterAMinute() throws Exception {
    OutputLease next;
    try (OutputLease killed = OutputLease.take(files, lock, output)) {
      files.setTimes(lock, System.currentTimeMillis() - 61_000, -1);

      next = OutputLease.take(files, lock, output);
      next.requireHeld("out.gguf");
      assertThatThrownBy(() -> killed.requireHeld("out.gguf"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another one has taken over");
    }
    try (next) {
      next.requireHeld("out.gguf");
    }
  }
}
