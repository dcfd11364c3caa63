package dev.sparkquant.kernels.peer;

import dev.sparkquant.gguf.GgmlType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Digests of what an encoder makes of fixed rows. Those of a llama.cpp release, kept in {@code
 * release-digests.tsv}, stand for that release where it cannot be run.
 *
 * <p>Only {@link RowCases#moderate()} rows count, so that the result holds no NaN, whose sign
 * depends on the machine.
 */
public final class EncodedDigests {
  private static final int BLOCKS_A_ROW = 3;
  private static final int SEEDS = 4;

  private EncodedDigests() {}

  /**
   * Prints the table for the types named, as the ggml encodes them that {@link GgmlPeer} loads: a
   * type, the digest without and the digest with importance a line.
   */
  public static void main(String[] types) {
    for (String name : types) {
      GgmlType type = GgmlType.fromName(name).orElseThrow();
      Encoder ggml = (t, row, importance) -> GgmlPeer.quantize(t, row, 1, row.length, importance);
      System.out.println(type + "\t" + plain(type, ggml) + "\t" + weighted(type, ggml));
    }
  }

  /** Encodes one row. */
  @FunctionalInterface
  public interface Encoder {
    byte[] encode(GgmlType type, float[] row, float[] importance);
  }

  /** SHA-256 of all rows encoded without importance. */
  public static String plain(GgmlType type, Encoder encoder) {
    MessageDigest digest = sha256();
    int length = BLOCKS_A_ROW * type.blockLength();
    for (RowCases rowCase : RowCases.moderate()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        digest.update(encoder.encode(type, rowCase.row(length, seed), null));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of all rows encoded with every kind of importance. */
  public static String weighted(GgmlType type, Encoder encoder) {
    MessageDigest digest = sha256();
    int length = BLOCKS_A_ROW * type.blockLength();
    for (RowCases rowCase : RowCases.moderate()) {
      for (ImportanceCases importanceCase : ImportanceCases.values()) {
        for (int seed = 0; seed < SEEDS; seed++) {
          float[] row = rowCase.row(length, seed);
          digest.update(encoder.encode(type, row, importanceCase.row(length, seed)));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
