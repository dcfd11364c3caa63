package dev.sparkquant.report;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Describes the model that a run reads. */
public final class RunInput {
  private static final int BUFFER_BYTES = 1 << 16;

  private RunInput() {}

  /**
   * What a model's headers say of it.
   *
   * @param opener finds its files
   */
  public static RunRecord.Input of(GgufModel model, InputOpener opener) throws IOException {
    List<RunRecord.InputFile> files = new ArrayList<>();
    for (ModelShard shard : model.shards()) {
      try (SeekableInput input = opener.open(shard.name())) {
        files.add(
            new RunRecord.InputFile(
                shard.name(), input.length(), sha256(input, shard.header().dataOffset())));
      }
    }
    Optional<String> architecture = text(model, "general.architecture");
    return new RunRecord.Input(
        files,
        text(model, "general.name").orElse(null),
        architecture.orElse(null),
        architecture.flatMap(prefix -> number(model, prefix + ".block_count")).orElse(null),
        model.tensors().stream().mapToLong(tensor -> tensor.info().elements()).sum(),
        files.stream().mapToLong(RunRecord.InputFile::bytes).sum());
  }

  private static Optional<String> text(GgufModel model, String key) {
    return model
        .metadata()
        .get(key)
        .filter(value -> value.type() == MetadataType.STRING)
        .map(MetadataValue::asString);
  }

  private static Optional<Long> number(GgufModel model, String key) {
    return model
        .metadata()
        .get(key)
        .filter(value -> value.type().isInteger())
        .map(MetadataValue::asLong);
  }

  private static String sha256(SeekableInput input, long headerBytes) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    // A file without tensors may end before the place where data would start.
    long end = Math.min(headerBytes, input.length());
    for (long position = 0; position < end; position += buffer.length) {
      int length = (int) Math.min(buffer.length, end - position);
      input.readFully(position, buffer, 0, length);
      digest.update(buffer, 0, length);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
