package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged headers by the thousand: each is either read or refused with a {@link GgufException}, in
 * bounded time and memory.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MutationTest {
  private static final long SEED = 20260801;
  private static final int ROUNDS = 20_000;

  /**
   * For a file of some kilobytes, with what the JVM allocates when code runs for the first time.
   */
  private static final long MOST_ALLOCATED = 4 << 20;

  /** Where the file is long enough to hold whatever its header claims. */
  private static final long MOST_ALLOCATED_OF_HUGE = 160L << 20;

  private static final long[] EXTREMES = {
    0,
    1,
    2,
    31,
    63,
    64,
    255,
    65535,
    65536,
    1 << 20,
    1 << 27,
    1L << 31,
    1L << 32,
    1L << 60,
    Integer.MAX_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -32
  };

  private static final List<byte[]> WHOLE =
      List.of(
          RichFile.bytes(ByteOrder.LITTLE_ENDIAN, 3),
          RichFile.bytes(ByteOrder.BIG_ENDIAN, 3),
          RichFile.bytes(ByteOrder.LITTLE_ENDIAN, 2));

  private final Set<String> reasons = new HashSet<>();
  private int read;
  private int refused;

  @Test
  void damagedHeadersAreReadOrRefused() {
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(SEED + round);
      byte[] file = WHOLE.get(random.nextInt(WHOLE.size())).clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        file = mutate(file, random);
      }
      check("seed " + (SEED + round), new MemoryInput(file), MOST_ALLOCATED);
    }
    assertThatBothHappened();
  }

  @Test
  void headersOfHugeFilesThatClaimTooMuchAreRefused() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      SplittableRandom random = new SplittableRandom(SEED - 1 - round);
      byte[] file = replaceInteger(WHOLE.get(random.nextInt(WHOLE.size())).clone(), random);
      check("seed " + (SEED - 1 - round), new MemoryInput(file, 1L << 45), MOST_ALLOCATED_OF_HUGE);
    }
    assertThatBothHappened();
  }

  @Test
  void everyFlippedBitOfAHeaderIsReadOrRefused() {
    for (byte[] whole : WHOLE) {
      for (int bit = 0; bit < 8 * (whole.length - RichFile.DATA_BYTES); bit++) {
        byte[] file = whole.clone();
        file[bit / 8] ^= (byte) (1 << bit % 8);
        check("bit " + bit, new MemoryInput(file), MOST_ALLOCATED);
      }
    }
    assertThatBothHappened();
  }

  /** A mutation run that only ever reads, or is refused for the same few reasons, shows nothing. */
  private void assertThatBothHappened() {
    assertThat(read).isGreaterThan(50);
    assertThat(refused).isGreaterThan(500);
    assertThat(reasons).hasSizeGreaterThan(15);
  }

  private void check(String origin, MemoryInput file, long mostAllocated) {
    long before = allocatedBytes();
    try {
      GgufHeader header = GgufReader.read(file);
      read++;
      assertAllocated(origin, before, mostAllocated);
      assertThatWritingKeepsIt(origin, header);
    } catch (GgufException e) {
      refused++;
      assertAllocated(origin, before, mostAllocated);
      assertThat(e.offset()).as(origin).isBetween(0L, file.length());
      assertThat(e.getMessage().codePoints().anyMatch(Character::isISOControl))
          .as("%s: control characters in: %s", origin, e.getMessage())
          .isFalse();
      reasons.add(e.getMessage().replaceAll("'.*'|\\d+", ""));
    } catch (IOException | RuntimeException e) {
      fail(origin, e);
    }
  }

  private static void assertThatWritingKeepsIt(String origin, GgufHeader header)
      throws IOException {
    byte[] written = GgufWriter.header(header.metadata(), header.tensors());
    long dataBytes = TensorLayout.of(header.tensors(), header.alignment()).dataBytes();
    GgufHeader again = GgufReader.read(new MemoryInput(written, written.length + dataBytes));
    assertThat(List.copyOf(again.metadata().pairs().entrySet()))
        .as(origin)
        .isEqualTo(List.copyOf(header.metadata().pairs().entrySet()));
    assertThat(again.tensors())
        .as(origin)
        .isEqualTo(header.tensors().stream().map(MutationTest::withoutTrailingOnes).toList());
  }

  private static TensorInfo withoutTrailingOnes(TensorInfo tensor) {
    return new TensorInfo(
        tensor.name(),
        tensor.type(),
        tensor.dimensions().subList(0, tensor.rank()),
        tensor.offset());
  }

  private static byte[] mutate(byte[] file, SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> flipBits(file, random);
      case 1 -> Arrays.copyOf(file, random.nextInt(file.length + 1));
      case 2 -> insert(file, random);
      case 3 -> splice(file, random);
      default -> replaceInteger(file, random);
    };
  }

  private static byte[] flipBits(byte[] file, SplittableRandom random) {
    for (int i = random.nextInt(1, 5); i > 0 && file.length > 0; i--) {
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  private static byte[] insert(byte[] file, SplittableRandom random) {
    byte[] inserted = new byte[random.nextInt(1, 20)];
    random.nextBytes(inserted);
    int at = random.nextInt(file.length + 1);
    byte[] longer = Arrays.copyOf(file, file.length + inserted.length);
    System.arraycopy(inserted, 0, longer, at, inserted.length);
    System.arraycopy(file, at, longer, at + inserted.length, file.length - at);
    return longer;
  }

  /** Copies one part of the file over another. */
  private static byte[] splice(byte[] file, SplittableRandom random) {
    if (file.length > 0) {
      int length = random.nextInt(Math.min(100, file.length));
      System.arraycopy(
          file.clone(),
          random.nextInt(file.length - length),
          file,
          random.nextInt(file.length - length),
          length);
    }
    return file;
  }

  private static byte[] replaceInteger(byte[] file, SplittableRandom random) {
    int width = random.nextBoolean() ? 8 : 4;
    if (file.length < width) {
      return file;
    }
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    ByteBuffer bytes = ByteBuffer.wrap(file);
    bytes.order(random.nextInt(3) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int at = random.nextInt(file.length - width + 1);
    if (width == 8) {
      bytes.putLong(at, value);
    } else {
      bytes.putInt(at, (int) value);
    }
    return file;
  }

  private static void assertAllocated(String origin, long before, long most) {
    assertThat(allocatedBytes() - before).as("%s: bytes allocated", origin).isLessThan(most);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
