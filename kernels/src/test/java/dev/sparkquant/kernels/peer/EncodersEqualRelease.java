package dev.sparkquant.kernels.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.KernelProvider;
import dev.sparkquant.kernels.RowEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Requires of a kernel provider the bytes of a llama.cpp release newer than {@link GgmlPeer}: for
 * types that it does not know, and for weights that are zero. A subclass names the provider.
 */
public abstract class EncodersEqualRelease {
  private static final String TABLE = "/dev/sparkquant/kernels/peer/release-digests.tsv";

  private final KernelProvider kernels;

  protected EncodersEqualRelease(KernelProvider kernels) {
    this.kernels = kernels;
  }

  @ParameterizedTest
  @CsvFileSource(resources = TABLE, delimiter = '\t')
  void encodesAsTheRelease(GgmlType type, String plain, String weighted) {
    assertThat(EncodedDigests.plain(type, this::encode)).as("without importance").isEqualTo(plain);
    assertThat(EncodedDigests.weighted(type, this::encode)).as("weighted").isEqualTo(weighted);
  }

  private byte[] encode(GgmlType type, float[] row, float[] importance) {
    RowEncoder encoder = kernels.encoder(type).orElseThrow();
    byte[] dst = new byte[Math.toIntExact(type.bytes(row.length))];
    encoder.encode(row, 0, 1, row.length, importance, 0, dst, 0);
    return dst;
  }
}
