package dev.sparkquant.job;

import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.store.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has finished, beside its unpublished outputs, so that a later run can go on from it.
 *
 * <p>A text file of {@link ManifestLine}s: format, identity of the run, names of the files, then a
 * line for each finished slice as it comes in. What a killed run was writing last may be cut off;
 * anything else that is wrong is damage. Not for use by several threads at once.
 */
final class RunManifest implements Closeable {
  private static final String FORMAT = "sparkquant run 1";

  /** Null where nothing is recorded. */
  private final FileChannel channel;

  private final Map<Integer, SliceResult> recorded;
  private boolean empty;
  private boolean full;

  private RunManifest(FileChannel channel, Map<Integer, SliceResult> recorded) {
    this.channel = channel;
    this.recorded = recorded;
    this.empty = recorded.isEmpty();
  }

  /** Records nothing: for storage that cannot keep unfinished work. */
  static RunManifest none() {
    return new RunManifest(null, Map.of());
  }

  /** A manifest without slices. */
  static RunManifest create(Path file, RunIdentity identity, QuantizePlan plan) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    StringBuilder text = new StringBuilder();
    head(identity, plan).forEach(line -> text.append(ManifestLine.seal(line)));
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return new RunManifest(FileChannel.open(file, StandardOpenOption.APPEND), Map.of());
  }

  /**
   * The manifest that an earlier run left, to go on with; an empty one if there is none.
   *
   * @throws StorageException if it is damaged or of another run
   */
  static RunManifest resume(Path file, RunIdentity identity, QuantizePlan plan) throws IOException {
    if (!Files.exists(file)) {
      return create(file, identity, plan);
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf('\n') + 1;
    List<String> lines = new ArrayList<>();
    for (String sealed : text.substring(0, end).lines().toList()) {
      lines.add(ManifestLine.open(sealed).orElseThrow(() -> damaged(file, lines.size() + 1)));
    }
    List<String> head = head(identity, plan);
    requireSame(file, head, lines);
    Map<Integer, SliceResult> recorded = new HashMap<>();
    for (int i = head.size(); i < lines.size(); i++) {
      int number = i + 1;
      SliceResult result =
          ManifestLine.slice(lines.get(i), plan).orElseThrow(() -> damaged(file, number));
      recorded.put(result.slice(), result);
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.truncate(end);
    channel.position(end);
    return new RunManifest(channel, recorded);
  }

  private static List<String> head(RunIdentity identity, QuantizePlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT);
    lines.add("input " + identity.input());
    lines.add("work " + identity.work());
    for (OutputFile output : plan.outputs()) {
      lines.add("file " + ManifestLine.quote(output.path()));
    }
    return lines;
  }

  private static void requireSame(Path file, List<String> head, List<String> lines)
      throws StorageException {
    if (lines.isEmpty() || !lines.get(0).equals(head.get(0))) {
      throw damaged(file, 1);
    }
    if (lines.size() < 3
        || !lines.get(1).startsWith("input ")
        || !lines.get(2).startsWith("work ")) {
      throw damaged(file, 2);
    }
    if (!lines.get(1).equals(head.get(1))) {
      throw other(file, "the input has changed");
    }
    if (!lines.get(2).equals(head.get(2))) {
      throw other(file, "the scheme, the options or the outputs are others");
    }
    if (lines.size() < head.size() || !lines.subList(0, head.size()).equals(head)) {
      throw damaged(file, 4);
    }
  }

  private static StorageException other(Path file, String what) {
    return new StorageException(
        "Cannot resume: "
            + what
            + " since "
            + file.getParent()
            + " was left; leave --resume out to start anew");
  }

  private static StorageException damaged(Path file, int line) {
    return new StorageException(
        "Cannot resume: "
            + file
            + " is damaged in line "
            + line
            + "; leave --resume out to start anew");
  }

  /** What an earlier run recorded, by slice; the outputs may hold it or not. */
  Map<Integer, SliceResult> recorded() {
    return recorded;
  }

  /** Whether there is nothing that a later run could go on from. */
  boolean isEmpty() {
    return empty;
  }

  /**
   * Adds a slice that the outputs hold now; one that was reused is there already. If it cannot be
   * written the run goes on, and a later one would do that slice again.
   */
  void add(SliceResult result) {
    if (channel == null || full || result.reused()) {
      return;
    }
    ByteBuffer line =
        ByteBuffer.wrap(
            ManifestLine.seal(ManifestLine.of(result)).getBytes(StandardCharsets.ISO_8859_1));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      empty = false;
    } catch (IOException e) {
      // Half a line at the end is what a killed run may leave; nothing may follow it.
      full = true;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
