package dev.sparkquant.job;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a sequence of values; texts and files count with their lengths. */
final class Fingerprint {
  private final MessageDigest digest;
  private final byte[] buffer = new byte[1 << 16];

  Fingerprint() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  void add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }

  void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  void add(byte[] bytes) {
    add(bytes.length);
    digest.update(bytes);
  }

  void add(float[] values) {
    add(values.length);
    for (float value : values) {
      add(Float.floatToRawIntBits(value));
    }
  }

  /** Adds a file's first bytes. */
  void add(SeekableInput file, long length) throws IOException {
    add(length);
    for (long position = 0; position < length; position += buffer.length) {
      int piece = (int) Math.min(buffer.length, length - position);
      file.readFully(position, buffer, 0, piece);
      digest.update(buffer, 0, piece);
    }
  }

  /** In hexadecimal digits. Starts again from nothing. */
  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
