package dev.sparkquant.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.PositionedOutput;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.plan.Destination;
import dev.sparkquant.plan.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class TargetWriterTest {
  private static final int START = 7;

  @Test
  void gathersPiecesOfAnySizeIntoFewWritesAtTheirPlaces() throws IOException {
    int[] sizes = {100, TargetWriter.GATHERED - 100, 1, 18, 3 * TargetWriter.GATHERED, 5};
    byte[] all = new byte[Arrays.stream(sizes).sum()];
    new Random(1).nextBytes(all);
    Recorder recorder = new Recorder(START + all.length);
    Target target =
        new Target(GgmlType.Q4_K, List.of(new Destination(0, START), new Destination(1, START)));
    TargetWriter writer = new TargetWriter(target, recorder, new byte[TargetWriter.GATHERED]);
    byte[] piece = new byte[3 * TargetWriter.GATHERED];
    int from = 0;
    for (int size : sizes) {
      System.arraycopy(all, from, piece, 0, size);
      writer.add(piece, 0, size);
      Arrays.fill(piece, (byte) 0);
      from += size;
    }
    writer.flush();
    writer.flush();

    CRC32C sum = new CRC32C();
    sum.update(all, 0, all.length);
    assertThat(writer.checksum()).isEqualTo((int) sum.getValue());
    assertThat(writer.written()).isEqualTo(all.length);
    for (byte[] file : recorder.files) {
      assertThat(Arrays.copyOfRange(file, START, file.length)).isEqualTo(all);
    }
    assertThat(recorder.lengths)
        .as("bytes of the writes to the first destination")
        .containsExactly(TargetWriter.GATHERED, 19, 3 * TargetWriter.GATHERED, 5);
  }

  /** Two files in memory. */
  private static final class Recorder implements SliceEncoder.Files {
    private final byte[][] files;
    private final List<Integer> lengths = new ArrayList<>();

    Recorder(int length) {
      files = new byte[2][length];
    }

    @Override
    public SeekableInput input(String file) throws IOException {
      throw new IOException("no input");
    }

    @Override
    public PositionedOutput output(int index) {
      return new PositionedOutput() {
        @Override
        public String name() {
          return "file " + index;
        }

        @Override
        public void write(long position, byte[] buffer, int offset, int length) {
          System.arraycopy(buffer, offset, files[index], (int) position, length);
          if (index == 0) {
            lengths.add(length);
          }
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }
  }
}
