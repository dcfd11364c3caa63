package dev.sparkquant.eval.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.io.LocalFileInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRowsTest {
  private static final int ROWS = 9;
  private static final int COLUMNS = 600;
  private static final int POSITION = 64;

  @TempDir Path folder;
  private final List<Integer> reads = new ArrayList<>();

  /** A tensor whose element is 1000 times its row plus its column, in a file of their own. */
  private TensorRows tensor(long bytesMissing) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(POSITION + ROWS * COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(POSITION);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        bytes.putFloat(1000 * row + column);
      }
    }
    Path file = Files.write(folder.resolve("tensor"), bytes.array());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes.capacity() - bytesMissing);
    }
    return new TensorRows(
        new TensorInfo("t", GgmlType.F32, List.of((long) COLUMNS, (long) ROWS), 0),
        new WatchedInput(LocalFileInput.open(file), reads::add),
        POSITION);
  }

  @Test
  void rectanglesComeFromTheirRowsAndColumns() throws IOException {
    TensorRows tensor = tensor(0);
    FileRows rows = new FileRows(tensor, 2, 5, new RowWindows());
    float[] decoded = new float[2 * 300];
    rows.decode(1, 2, 256, 256, decoded, 300);

    assertThat(rows.rows()).isEqualTo(5);
    assertThat(rows.columns()).isEqualTo(COLUMNS);
    assertThat(decoded[0]).isEqualTo(3256);
    assertThat(decoded[255]).isEqualTo(3511);
    assertThat(decoded[300]).isEqualTo(4256);
    tensor.input().close();
  }

  @Test
  void wholeRowsAreReadOnceForAllTheirColumns() throws IOException {
    TensorRows tensor = tensor(0);
    RowWindows windows = new RowWindows();
    FileRows rows = new FileRows(tensor, 0, ROWS, windows);
    float[] decoded = new float[4 * 256];
    for (int column = 0; column < COLUMNS; column += 256) {
      rows.decode(4, 4, column, Math.min(256, COLUMNS - column), decoded, 256);
    }
    assertThat(reads).containsExactly(4 * COLUMNS * Float.BYTES);

    rows.decode(8, 1, 0, 256, decoded, 256);
    new FileRows(tensor, 8, 1, windows).decode(0, 1, 0, 256, decoded, 256);
    assertThat(reads).hasSize(2);
    assertThat(decoded[1]).isEqualTo(8001);
    tensor.input().close();
  }

  @Test
  void rowsThatCouldNotBeReadAreNotHeld() throws IOException {
    TensorRows tensor = tensor(1);
    FileRows rows = new FileRows(tensor, 0, ROWS, new RowWindows());
    float[] decoded = new float[256];

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> rows.decode(8, 1, 0, 256, decoded, 256))
          .isInstanceOf(UncheckedIOException.class);
    }
    tensor.input().close();
  }
}
