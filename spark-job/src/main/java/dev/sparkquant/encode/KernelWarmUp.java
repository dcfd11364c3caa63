package dev.sparkquant.encode;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.PositionedOutput;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.plan.Target;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Carries made-up slices through on a thread of its own: what a plan asks for, so that its kernels
 * are compiled by the time real slices come. Until then they run at a hundredth of their speed. It
 * ends by itself, while Spark starts or soon after.
 */
public final class KernelWarmUp {
  private static final int ROW_LENGTH = 2048;
  private static final int ROWS = 16;

  /**
   * So often a slice is carried through: by then all of its stages have been called often enough.
   */
  private static final int ROUNDS = 50;

  private static final long MOST_NANOSECONDS = 5_000_000_000L;

  /** Of the last byte of a little-endian float, whatever its type. */
  private static final int SIGN = 0x80;

  private static final int EXPONENT = 0x3C;

  private KernelWarmUp() {}

  /**
   * Starts on the conversions of a plan.
   *
   * @param weighted indices of the source tensors that have importance
   */
  public static void start(QuantizePlan plan, Set<Integer> weighted) {
    Set<Conversion> conversions = new LinkedHashSet<>();
    for (Slice slice : plan.slices()) {
      GgmlType from = plan.tensors().get(slice.tensor()).type();
      for (Target target : slice.targets()) {
        if (target.type() != from) {
          conversions.add(new Conversion(from, target.type(), weighted.contains(slice.tensor())));
        }
      }
    }
    Thread thread = new Thread(() -> run(conversions), "kernel-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Set<Conversion> conversions) {
    try {
      List<MadeUpSlice> slices = conversions.stream().map(MadeUpSlice::new).toList();
      long start = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        for (MadeUpSlice slice : slices) {
          if (System.nanoTime() - start > MOST_NANOSECONDS) {
            return;
          }
          slice.encode();
        }
      }
    } catch (IOException | BadTensorException | RuntimeException e) {
      // Whatever is wrong with a kernel shows, with its place, in the slices that matter.
    }
  }

  private record Conversion(GgmlType from, GgmlType to, boolean weighted) {}

  /** A slice of rows from memory that goes nowhere. */
  private static final class MadeUpSlice {
    private final SliceEncoder encoder;
    private final SourceTensor tensor;
    private final Slice slice;
    private final float[] importance;

    MadeUpSlice(Conversion conversion) {
      encoder = new SliceEncoder(new Memory(rows(conversion.from())));
      tensor =
          new SourceTensor(
              "made up", "memory", 0, conversion.from(), false, ROW_LENGTH, ROWS, ROWS);
      List<Target> targets = List.of(new Target(conversion.to(), List.of()));
      slice = new Slice(0, 0, 0, (long) ROWS * ROW_LENGTH, targets);
      importance = conversion.weighted() ? new float[ROW_LENGTH] : null;
      if (importance != null) {
        Arrays.fill(importance, 1f);
      }
    }

    /** Rows of floats of about one magnitude and either sign; zeros of any other type. */
    private static byte[] rows(GgmlType type) {
      byte[] rows = new byte[Math.toIntExact(type.bytes((long) ROWS * ROW_LENGTH))];
      if (type == GgmlType.F32 || type == GgmlType.F16 || type == GgmlType.BF16) {
        SplittableRandom random = new SplittableRandom(1);
        random.nextBytes(rows);
        int bytes = type.blockBytes();
        for (int last = bytes - 1; last < rows.length; last += bytes) {
          rows[last] = (byte) ((rows[last] & SIGN) | EXPONENT);
        }
      }
      return rows;
    }

    void encode() throws IOException, BadTensorException {
      encoder.encode(tensor, slice, importance);
    }
  }

  private static final class Memory implements SliceEncoder.Files, SeekableInput {
    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public SeekableInput input(String file) {
      return this;
    }

    @Override
    public PositionedOutput output(int index) throws IOException {
      throw new IOException("Cannot write made-up slices: they have no destination");
    }

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) {
      System.arraycopy(bytes, Math.toIntExact(position), buffer, offset, length);
    }

    @Override
    public void close() {
      // Memory needs no closing.
    }
  }
}
