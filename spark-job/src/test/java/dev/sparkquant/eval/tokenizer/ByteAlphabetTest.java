package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteAlphabetTest {

  @Test
  void writesBytesAsPrintableCharacters() {
    assertThat(ByteAlphabet.write(new byte[] {' ', '\n', 'a', (byte) 0xFF, 0, (byte) 0xAD}, 6))
        .isEqualTo("ĠĊaÿĀŃ");
  }

  @Test
  void readsBackAllBytes() {
    byte[] all = new byte[256];
    for (int b = 0; b < 256; b++) {
      all[b] = (byte) b;
    }
    String text = ByteAlphabet.write(all, 256);
    assertThat(text.chars().distinct().count()).isEqualTo(256);
    assertThat(ByteAlphabet.read(text)).isEqualTo(all);
  }

  @Test
  void keepsCharactersThatStandForNoByte() {
    assertThat(ByteAlphabet.read("a\u00A0中"))
        .isEqualTo("a\u00A0中".getBytes(StandardCharsets.UTF_8));
  }
}
