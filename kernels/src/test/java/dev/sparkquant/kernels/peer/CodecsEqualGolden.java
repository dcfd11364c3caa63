package dev.sparkquant.kernels.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.RowEncoder;
import dev.sparkquant.kernels.block.LittleEndian;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requires of a kernel provider what the current llama.cpp gave for the types that {@link GgmlPeer}
 * does not know. A subclass names the provider.
 */
public abstract class CodecsEqualGolden {
  private static final String RESOURCE = "/golden/fp4-and-low-bit.tsv";
  private static final int RANDOM_BLOCKS = 4096;

  private final KernelProvider kernels;
  private final Map<String, String> golden = readGolden();

  protected CodecsEqualGolden(KernelProvider kernels) {
    this.kernels = kernels;
  }

  @ParameterizedTest
  @EnumSource(names = {"MXFP4", "NVFP4", "Q1_0", "Q2_0"})
  void encodesAsRecorded(GgmlType type) {
    RowEncoder encoder = kernels.encoder(type).orElseThrow();
    for (GoldenRows rows : GoldenRows.values()) {
      requireRecorded(type, rows.label(), "no", encode(encoder, type, rows, null));
      requireRecorded(
          type, rows.label(), "yes", encode(encoder, type, rows, GoldenRows.importance()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MXFP4", "NVFP4", "Q1_0", "Q2_0"})
  void decodesAsRecorded(GgmlType type) {
    RowDecoder decoder = kernels.decoder(type).orElseThrow();
    byte[] blocks = GoldenRows.randomBytes(RANDOM_BLOCKS * type.blockBytes());
    float[] decoded = new float[RANDOM_BLOCKS * type.blockLength()];
    int read = decoder.decode(blocks, 0, decoded.length, decoded, 0);
    assertThat(read).isEqualTo(blocks.length);
    byte[] bytes = new byte[decoded.length * Float.BYTES];
    for (int i = 0; i < decoded.length; i++) {
      LittleEndian.putInt(bytes, i * Float.BYTES, Float.floatToIntBits(decoded[i]));
    }
    requireRecorded(type, "decoded-random-blocks", "no", bytes);
  }

  private static byte[] encode(
      RowEncoder encoder, GgmlType type, GoldenRows rows, float[] importance) {
    byte[] blocks = new byte[Math.toIntExact(GoldenRows.ROWS * type.bytes(GoldenRows.ROW_LENGTH))];
    int written =
        encoder.encode(
            rows.rows(), 0, GoldenRows.ROWS, GoldenRows.ROW_LENGTH, importance, 0, blocks, 0);
    assertThat(written).isEqualTo(blocks.length);
    return blocks;
  }

  private void requireRecorded(GgmlType type, String rows, String importance, byte[] bytes) {
    String key = type + "\t" + rows + "\t" + importance;
    assertThat(sha256(bytes)).as(key).isEqualTo(golden.get(key));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static Map<String, String> readGolden() {
    try (InputStream in = CodecsEqualGolden.class.getResourceAsStream(RESOURCE)) {
      Map<String, String> golden = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int last = line.lastIndexOf('\t');
                golden.put(line.substring(0, last), line.substring(last + 1));
              });
      return golden;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
