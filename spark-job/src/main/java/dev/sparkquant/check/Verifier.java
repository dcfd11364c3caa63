package dev.sparkquant.check;

import dev.sparkquant.gguf.GgufException;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Checks that a model is whole: its header, that the files end where their last tensor's padding
 * does, that padding is zero and every number or block scale finite, and, where the run that wrote
 * it has left checksums, that every byte is as it was written.
 */
public final class Verifier {
  private static final int LARGEST_PIECE = 1 << 22;

  private final InputOpener opener;
  private final int threads;

  public Verifier(InputOpener opener, int threads) {
    this.opener = opener;
    this.threads = threads;
  }

  /**
   * Reads a model from end to end.
   *
   * @param name of its file, or of its first shard
   * @param recorded finds what is recorded of a file of that name
   * @throws IOException if a file cannot be read; damage is no exception
   */
  public Verdict verify(
      String name, Function<String, Optional<RecordedFile>> recorded, ReadProgress progress)
      throws IOException {
    GgufModel model;
    try {
      model = GgufModel.open(name, opener);
    } catch (GgufException e) {
      return new Verdict(0, 0, List.of(new Problem(e.file(), null, e.getMessage())));
    }
    List<Problem> problems = new ArrayList<>();
    List<StretchScan> scans = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < model.shards().size(); i++) {
      bytes += checkLength(i, model.shards().get(i), scans, problems);
    }
    read(model, scans, progress);
    for (StretchScan scan : scans) {
      checkValues(model, scan).ifPresent(problems::add);
    }
    for (int i = 0; i < model.shards().size(); i++) {
      int shard = i;
      recorded
          .apply(model.shards().get(i).name())
          .ifPresent(record -> checkAgainst(record, model, shard, scans, problems));
    }
    return new Verdict(model.tensors().size(), bytes, problems);
  }

  /** Adds what can be read of a file, and says what is too long or too short. */
  private long checkLength(
      int index, ModelShard shard, List<StretchScan> scans, List<Problem> problems)
      throws IOException {
    long length;
    try (SeekableInput input = opener.open(shard.name())) {
      length = input.length();
    }
    boolean bigEndian = shard.header().byteOrder() == ByteOrder.BIG_ENDIAN;
    long expected = 0;
    for (Stretch stretch : Stretch.of(index, shard)) {
      expected = stretch.end();
      if (expected <= length) {
        scans.add(new StretchScan(stretch, bigEndian));
      }
    }
    if (shard.header().tensors().isEmpty()) {
      return length;
    }
    if (length < expected) {
      problems.add(
          new Problem(
              shard.name(),
              null,
              String.format(
                  "the file ends %d bytes too early, in the padding of its last tensor",
                  expected - length)));
    } else if (length > expected) {
      problems.add(
          new Problem(
              shard.name(),
              null,
              String.format(
                  "%d bytes follow at byte %d, where the last tensor's padding ends",
                  length - expected, expected)));
    }
    return length;
  }

  private void read(GgufModel model, List<StretchScan> scans, ReadProgress progress)
      throws IOException {
    int[] firstPieces = new int[scans.size() + 1];
    for (int i = 0; i < scans.size(); i++) {
      firstPieces[i + 1] = firstPieces[i] + scans.get(i).stretch().pieces();
    }
    progress.started(scans.stream().mapToLong(scan -> scan.stretch().length()).sum());
    ParallelPieces.run(
        firstPieces[scans.size()],
        threads,
        () -> new Reader(new ModelInputs(model, opener), scans, firstPieces, progress));
  }

  /** Reads pieces, counted over all stretches. */
  private static final class Reader implements ParallelPieces.Worker {
    private final ModelInputs inputs;
    private final List<StretchScan> scans;
    private final int[] firstPieces;
    private final ReadProgress progress;
    private final byte[] buffer = new byte[LARGEST_PIECE];

    Reader(ModelInputs inputs, List<StretchScan> scans, int[] firstPieces, ReadProgress progress) {
      this.inputs = inputs;
      this.scans = scans;
      this.firstPieces = firstPieces;
      this.progress = progress;
    }

    @Override
    public void work(int piece) throws IOException {
      int found = Arrays.binarySearch(firstPieces, piece);
      int index = found >= 0 ? found : -found - 2;
      StretchScan scan = scans.get(index);
      SeekableInput input = inputs.shard(scan.stretch().shard());
      progress.advanced(scan.read(piece - firstPieces[index], input, buffer));
    }

    @Override
    public void close() throws IOException {
      inputs.close();
    }
  }

  private static Optional<Problem> checkValues(GgufModel model, StretchScan scan) {
    Stretch stretch = scan.stretch();
    long bad = scan.firstBad();
    if (bad < 0) {
      return Optional.empty();
    }
    String file = model.shards().get(stretch.shard()).name();
    if (stretch.padding()) {
      return Optional.of(
          new Problem(
              file,
              null,
              "padding is not zero at byte " + (stretch.start() + bad) + " of the file"));
    }
    TensorInfo tensor = stretch.tensor();
    long element = bad / tensor.type().blockBytes() * tensor.type().blockLength();
    String place =
        String.format(
            "row %d, column %d", element / tensor.rowLength(), element % tensor.rowLength());
    String what = tensor.type().blockLength() == 1 ? "the number" : "a scale of the block";
    return Optional.of(
        new Problem(file, tensor.name(), what + " at " + place + " is NaN or infinite"));
  }

  private static void checkAgainst(
      RecordedFile record,
      GgufModel model,
      int shard,
      List<StretchScan> scans,
      List<Problem> problems) {
    String file = model.shards().get(shard).name();
    Map<String, String> missing = new TreeMap<>(record.tensors());
    for (StretchScan scan : scans) {
      Stretch stretch = scan.stretch();
      if (stretch.shard() != shard || stretch.padding()) {
        continue;
      }
      String found = scan.checksum().hex();
      if (stretch.tensor() == null) {
        if (!found.equals(record.headerCrc32c())) {
          problems.add(
              new Problem(file, null, differs("the header", found, record.headerCrc32c())));
        }
        continue;
      }
      String name = stretch.tensor().name();
      String written = missing.remove(name);
      if (written == null) {
        problems.add(new Problem(file, name, "the run did not write this tensor"));
      } else if (!found.equals(written)) {
        problems.add(new Problem(file, name, differs("its data", found, written)));
      }
    }
    for (String name : missing.keySet()) {
      problems.add(new Problem(file, name, "the run wrote this tensor, but it is not there"));
    }
  }

  private static String differs(String what, String found, String written) {
    return String.format(
        "%s changed since the run wrote the file: CRC-32C is %s, was %s", what, found, written);
  }
}
