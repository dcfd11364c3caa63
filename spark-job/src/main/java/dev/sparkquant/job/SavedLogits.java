package dev.sparkquant.job;

import dev.sparkquant.eval.divergence.LogitsFileWriter;
import dev.sparkquant.eval.divergence.LogitsHeader;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.gguf.io.PositionedOutput;
import dev.sparkquant.store.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * A file of base logits under construction: tasks fill it under another name, beside its own, under
 * which it appears when it is complete.
 */
final class SavedLogits {
  private final Path file;
  private final Path unfinished;
  private final LogitsHeader header;
  private final byte[] start;

  /**
   * @param vocabulary tokens that the base model knows
   */
  SavedLogits(String file, TokenizedCorpus corpus, int vocabulary) throws IOException {
    this.file = Path.of(file).toAbsolutePath();
    this.unfinished = this.file.resolveSibling(this.file.getFileName() + ".unfinished");
    this.header = new LogitsHeader(corpus.contextLength(), vocabulary, corpus.chunks());
    Start memory = new Start();
    new LogitsFileWriter(memory, header).writeHeader(corpus.corpus());
    this.start = memory.bytes.toByteArray();
  }

  /** Receives what comes before the rows. */
  private static final class Start implements PositionedOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public String name() {
      return "header";
    }

    @Override
    public void write(long position, byte[] buffer, int offset, int length) {
      bytes.write(buffer, offset, length);
    }

    @Override
    public void close() {}
  }

  /** The file that tasks write to. */
  String unfinished() {
    return unfinished.toString();
  }

  /** Whether an earlier run has left rows of the same corpus. */
  boolean begun() throws IOException {
    if (!Files.exists(unfinished) || Files.size(unfinished) != header.fileBytes()) {
      return false;
    }
    try (LocalFileInput input = LocalFileInput.open(unfinished)) {
      byte[] there = new byte[start.length];
      input.readFully(0, there, 0, there.length);
      return Arrays.equals(there, start);
    }
  }

  /** Creates the file with everything but its rows. */
  void create() throws IOException {
    Files.deleteIfExists(unfinished);
    long usable = Files.getFileStore(unfinished.getParent()).getUsableSpace();
    if (usable < header.fileBytes()) {
      throw new StorageException(
          String.format(
              "Cannot write %,d bytes of base logits to %s: only %,d bytes are free",
              header.fileBytes(), unfinished.getParent(), usable));
    }
    try (LocalFileOutput output = LocalFileOutput.create(unfinished)) {
      output.write(0, start, 0, start.length);
      output.write(header.fileBytes() - 1, new byte[1], 0, 1);
    }
  }

  /** Gives the complete file its name. */
  void publish() throws IOException {
    try (LocalFileOutput output = LocalFileOutput.open(unfinished)) {
      output.force();
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
