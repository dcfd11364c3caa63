package dev.sparkquant.eval.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogitsFileTest {
  private static final int VOCABULARY = 5;
  private static final float LOG_SUM = 0.75f;

  /** The largest is 3; the last lies more than 16 below. */
  private static final float[] LOGITS = {3, -1, 2.5f, -13, -20};

  private final Corpus corpus =
      Corpus.of(new int[] {4, 3, 2, 1, 0, 1, 2, 3, 4}, 4, 9, OptionalInt.of(1));
  private final LogitsHeader header = new LogitsHeader(4, VOCABULARY, 2);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("base.kld");
    try (LocalFileOutput output = LocalFileOutput.create(file)) {
      LogitsFileWriter writer = new LogitsFileWriter(output, header);
      byte[] row = encoded(LOGITS);
      writer.writeRows(1, 0, row, row.length);
      writer.writeRows(0, 0, row, row.length);
      writer.writeHeader(corpus);
    }
  }

  private static byte[] encoded(float[] logits) {
    byte[] row = new byte[new LogitsHeader(4, logits.length, 1).rowBytes()];
    float max = logits[0];
    LogProbabilities.encode(logits, 0, logits.length, max, LOG_SUM, ByteBuffer.wrap(row));
    return row;
  }

  @Test
  void bytesAreThoseOfLlamaPerplexity() throws IOException {
    float min = 3 - 16;
    float scale = (3 - min) / 65535f;
    ByteBuffer expected = ByteBuffer.allocate(20 + 8 * 4 + 2 * 20).order(ByteOrder.LITTLE_ENDIAN);
    expected.put("_logits_".getBytes(StandardCharsets.US_ASCII)).putInt(4).putInt(5).putInt(2);
    for (int token : new int[] {4, 3, 2, 1, 0, 1, 2, 3}) {
      expected.putInt(token);
    }
    for (int chunk = 0; chunk < 2; chunk++) {
      expected.putFloat(scale).putFloat(min - 3 - LOG_SUM);
      // 12 / 16 and 15.5 / 16 of 65535, rounded; the smallest and what lies below are 0; padding.
      expected.putShort((short) 65535).putShort((short) 49151).putShort((short) 63487);
      expected.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
  }

  @Test
  void rowsComeBackAsLogProbabilities() throws IOException {
    try (LocalFileInput input = LocalFileInput.open(file)) {
      LogitsFileReader reader = LogitsFileReader.open(input);
      byte[] rows = new byte[header.rowBytes()];
      float[] logProbabilities = new float[VOCABULARY];
      reader.readRows(1, 0, 1, rows);
      LogProbabilities.decode(ByteBuffer.wrap(rows), VOCABULARY, logProbabilities, 0);

      float scale = 16 / 65535f;
      float min = -16 - LOG_SUM;
      assertThat(reader.header()).isEqualTo(header);
      assertThat(reader.corpus(OptionalInt.of(1)).tokens()).isEqualTo(corpus.tokens());
      assertThat(logProbabilities)
          .containsExactly(scale * 65535 + min, scale * 49151 + min, scale * 63487 + min, min, min);
    }
  }

  @Test
  void equalLogitsHaveNoScale() {
    ByteBuffer row = ByteBuffer.wrap(encoded(new float[] {2, 2})).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(row.getFloat()).isEqualTo(0f);
    assertThat(row.getFloat()).isEqualTo(-LOG_SUM);
    assertThat(row.getInt()).isEqualTo(0);
  }

  @Test
  void everyTruncationIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertRefused(length < 8 ? "it does not start with \"_logits_\"" : "it is truncated", length);
    }
  }

  @Test
  void foreignFilesAreNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused("its header states 92 bytes, but it has 93", bytes.length + 1);

    patch(bytes, 8, 2);
    assertRefused("its header states a context of 2 tokens, a vocabulary of 5 and 2 chunks", 8);
    patch(bytes, 12, Integer.MAX_VALUE);
    assertRefused("its header states 8 tokens and a vocabulary of 2147483647", 12);
    patch(bytes, 16, Integer.MAX_VALUE);
    assertRefused("its header states 8589934588 tokens", 16);
  }

  @Test
  void tokensOutsideTheVocabularyAreNamed() throws IOException {
    patch(Files.readAllBytes(file), 20 + 3 * 4, 5);
    try (LocalFileInput input = LocalFileInput.open(file)) {
      LogitsFileReader reader = LogitsFileReader.open(input);
      assertThatThrownBy(() -> reader.corpus(OptionalInt.empty()))
          .isInstanceOf(LogitsFileException.class)
          .hasMessageEndingWith("token 3 is 5, but the vocabulary has 5");
    }
  }

  private void patch(byte[] bytes, int position, int value) throws IOException {
    byte[] patched = bytes.clone();
    ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN).putInt(position, value);
    Files.write(file, patched);
  }

  private void assertRefused(String reason, int at) throws IOException {
    try (LocalFileInput input = LocalFileInput.open(file)) {
      assertThatThrownBy(() -> LogitsFileReader.open(input))
          .as("byte %d", at)
          .isInstanceOf(LogitsFileException.class)
          .hasMessageContaining("Cannot use " + file + " as base logits: " + reason);
    }
  }
}
