package dev.sparkquant.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.plan.SourceTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That reads of several chunks give the chunks asked for, and name the right row. */
class SourceReaderTest {
  private static final int ROW = 1024;
  private static final int ROWS = 300;
  private static final int POSITION = 96;
  private static final int CHUNK = 32 * ROW;

  private final byte[] file = new byte[POSITION + ROWS * ROW * Short.BYTES];
  private final List<Integer> reads = new ArrayList<>();
  private final SourceTensor tensor =
      new SourceTensor("t", "model.gguf", POSITION, GgmlType.BF16, false, ROW, ROWS, ROWS);

  SourceReaderTest() {
    for (int i = POSITION; i < file.length; i++) {
      file[i] = (byte) (i % 61);
    }
  }

  @Test
  void chunksAreThoseOfTheSlice() throws Exception {
    int firstRow = 7;
    int rows = 4 * 32 + 32 + 5;
    SourceReader reader = new SourceReader();
    for (int slice = 0; slice < 2; slice++) {
      reader.start(new Memory(), tensor, (long) firstRow * ROW, (long) rows * ROW);
      for (int done = 0; done < rows * ROW; done += CHUNK) {
        int elements = Math.min(CHUNK, rows * ROW - done);
        int at = reader.chunk(elements);

        int from = POSITION + (firstRow * ROW + done) * Short.BYTES;
        assertThat(Arrays.copyOfRange(reader.bytes(), at, at + elements * Short.BYTES))
            .isEqualTo(Arrays.copyOfRange(file, from, from + elements * Short.BYTES));
      }
    }

    assertThat(reads).containsExactly(1 << 18, 37 * ROW * 2, 1 << 18, 37 * ROW * 2);
  }

  @Test
  void namesTheRowOfNaNWhicheverChunkHasIt() {
    file[POSITION + (130 * ROW + 17) * Short.BYTES + 1] = 0x7F;
    file[POSITION + (130 * ROW + 17) * Short.BYTES] = (byte) 0xC0;
    SourceReader reader = new SourceReader();
    reader.start(new Memory(), tensor, 100L * ROW, 128L * ROW);

    assertThatThrownBy(() -> reader.chunk(CHUNK))
        .isInstanceOf(BadTensorException.class)
        .hasMessageContaining("t: row 130, column 17 holds NaN or infinity in model.gguf");
  }

  private final class Memory implements SeekableInput {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public long length() {
      return file.length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) {
      reads.add(length);
      System.arraycopy(file, Math.toIntExact(position), buffer, offset, length);
    }

    @Override
    public void close() {
      // Memory needs no closing.
    }
  }
}
