package dev.sparkquant.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that others have made, or damaged. */
class DamagedTableTest {
  @TempDir private Path folder;

  private Path write(String typeOfName) throws IOException {
    ParquetTable table =
        new ParquetTable(
            "message t { required binary output; required "
                + typeOfName
                + " name; required binary crc32c; required binary header_crc32c; }");
    Path file = folder.resolve(RecordedFiles.TABLE);
    table.write(
        file,
        rows -> {
          for (int i = 0; i < 20; i++) {
            var row = rows.create().append("output", Binary.fromString("o"));
            row =
                typeOfName.equals("int32")
                    ? row.append("name", i)
                    : row.append("name", Binary.fromString("n" + i));
            rows.add(
                row.append("crc32c", Binary.fromString("00"))
                    .append("header_crc32c", Binary.fromString("00")));
          }
        });
    return file;
  }

  @Test
  void columnsOfOtherTypesAreRefused() throws IOException {
    write("int32");

    assertThatThrownBy(() -> RecordedFiles.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is no table of a run, or damaged");
  }

  @Test
  void damageIsRefusedInOneSentence() throws IOException {
    Path file = write("binary");
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        RecordedFiles.read(folder);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
