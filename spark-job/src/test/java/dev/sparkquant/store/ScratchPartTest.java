package dev.sparkquant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.io.PartRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchPartTest {
  @TempDir private Path folder;

  @Test
  void readsBackWhatWasWrittenAndZerosElsewhere() throws IOException {
    try (ScratchPart part = new ScratchPart("out", new PartRange(0, 1, 100, 110), folder)) {
      part.write(103, new byte[] {9, 1, 2, 3, 9}, 1, 3);
      part.write(100, new byte[] {7}, 0, 1);

      byte[] expected = {7, 0, 0, 1, 2, 3, 0, 0, 0, 0};
      try (InputStream in = part.read()) {
        in.mark(0);
        assertThat(in.readAllBytes()).isEqualTo(expected);
        in.reset();
        assertThat(in.readAllBytes()).as("sent again").isEqualTo(expected);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void bytesOutsideAreRefused() throws IOException {
    try (ScratchPart part = new ScratchPart("out", new PartRange(0, 1, 100, 110), folder)) {
      for (long position : new long[] {99, 109}) {
        assertThatThrownBy(() -> part.write(position, new byte[2], 0, 2))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("this task makes 100 to 110");
      }
    }
  }
}
