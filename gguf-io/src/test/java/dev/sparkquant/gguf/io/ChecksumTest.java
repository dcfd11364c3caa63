package dev.sparkquant.gguf.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
  private static Checksum of(byte[] bytes) {
    return Checksum.of(bytes, 0, bytes.length);
  }

  @Test
  void equalsTheCheckValueOfTheAlgorithm() {
    Checksum digits = of("123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(digits).isEqualTo(new Checksum(0xE3069283, 9));
    assertThat(digits.hex()).isEqualTo("e3069283");
    assertThat(of(new byte[32]).hex()).isEqualTo("8a9136aa");
  }

  @Test
  void noBytesChangeNothing() {
    Checksum some = of(new byte[] {1, 2, 3});
    assertThat(some.then(Checksum.NONE)).isEqualTo(some);
    assertThat(Checksum.NONE.then(some)).isEqualTo(some);
    assertThat(of(new byte[0])).isEqualTo(Checksum.NONE);
    assertThat(new Checksum(0xAB, 1).hex()).isEqualTo("000000ab");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261124})
  void piecesCombineToTheWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(1, 100_000)];
    random.nextBytes(bytes);
    Checksum whole = Checksum.NONE;
    for (int start = 0; start < bytes.length; ) {
      int length = Math.min(random.nextInt(5000), bytes.length - start);
      whole = whole.then(Checksum.of(bytes, start, length));
      start += length;
    }
    assertThat(whole).as("seed %d", seed).isEqualTo(of(bytes));
  }

  @Test
  void everyWayOfGroupingGivesTheSame() {
    Checksum a = of(new byte[] {5});
    Checksum b = of(new byte[300]);
    Checksum c = of("tail".getBytes(StandardCharsets.US_ASCII));
    assertThat(a.then(b).then(c)).isEqualTo(a.then(b.then(c)));
  }

  @Test
  void lengthsBeyondAnIntegerCombine() {
    byte[] zeros = new byte[1 << 20];
    CRC32C crc = new CRC32C();
    crc.update(7);
    for (int i = 0; i < 1 << 13; i++) {
      crc.update(zeros);
    }
    Checksum eightGibibytes = of(zeros);
    for (int i = 0; i < 13; i++) {
      eightGibibytes = eightGibibytes.then(eightGibibytes);
    }
    assertThat(of(new byte[] {7}).then(eightGibibytes))
        .isEqualTo(new Checksum((int) crc.getValue(), (8L << 30) + 1));
  }
}
