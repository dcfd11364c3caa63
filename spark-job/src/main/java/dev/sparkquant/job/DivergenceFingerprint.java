package dev.sparkquant.job;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Tells whether two runs compare the same files on the same texts: SHA-256 of the tokens and
 * settings and, of every file, its length, when it was last changed (where that is known) and
 * pieces of its content.
 */
public final class DivergenceFingerprint {
  private static final int PIECES = 16;
  private static final int PIECE_BYTES = 1 << 16;

  private final MessageDigest digest;
  private final Storage storage;

  private DivergenceFingerprint(Storage storage) {
    this.storage = storage;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  public static byte[] of(DivergenceOrder order, Storage storage) throws IOException {
    DivergenceFingerprint fingerprint = new DivergenceFingerprint(storage);
    fingerprint.add(order.base() == null ? "logits" : "model");
    if (order.base() == null) {
      fingerprint.addFile(order.baseLogits());
    } else {
      fingerprint.addModel(order.base());
    }
    fingerprint.add(order.models().size());
    for (String model : order.models()) {
      fingerprint.addModel(model);
    }
    fingerprint.add(order.corpora().size());
    order.corpora().forEach(fingerprint::addCorpus);
    fingerprint.add(order.saveLogits() == null ? "" : order.saveLogits());
    return fingerprint.digest.digest();
  }

  private void addModel(String model) throws IOException {
    GgufModel opened = GgufModel.open(model, storage);
    add(opened.shards().size());
    for (ModelShard shard : opened.shards()) {
      addFile(shard.name());
    }
  }

  private void addFile(String name) throws IOException {
    Optional<Path> local = Storage.localPath(name);
    add(local.isPresent() ? Files.getLastModifiedTime(local.get()).toMillis() : 0);
    try (SeekableInput file = storage.open(name)) {
      long length = file.length();
      add(length);
      byte[] piece = new byte[(int) Math.min(PIECE_BYTES, length)];
      for (int i = 0; i < PIECES; i++) {
        file.readFully((length - piece.length) / (PIECES - 1) * i, piece, 0, piece.length);
        digest.update(piece);
      }
    }
  }

  private void addCorpus(TokenizedCorpus corpus) {
    add(corpus.name());
    add(corpus.contextLength());
    add(corpus.chunks());
    add(corpus.firstToken().orElse(-1));
    IntBuffer tokens = corpus.tokens();
    add(tokens.remaining());
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * tokens.remaining());
    bytes.asIntBuffer().put(tokens);
    digest.update(bytes);
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
  }

  private void add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }
}
