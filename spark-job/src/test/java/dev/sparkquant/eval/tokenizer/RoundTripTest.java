package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding what was encoded gives the text back. */
class RoundTripTest {
  private static final int TEXTS = 2000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ggml-vocab-gpt-2",
        "ggml-vocab-deepseek-coder",
        "ggml-vocab-starcoder",
        "ggml-vocab-llama-spm",
        "tiny-mistral-vocab",
        "synthetic-spm"
      })
  void randomUnicode(String vocabulary) {
    Tokenizer tokenizer = TestVocabularies.tokenizer(vocabulary);
    for (int seed = 0; seed < TEXTS; seed++) {
      Random random = new Random(seed);
      String text = randomText(random);
      boolean addSpecial = random.nextBoolean();
      boolean parseSpecial = random.nextBoolean();
      int[] ids = tokenizer.encode(text, addSpecial, parseSpecial);
      assertThat(new String(tokenizer.decode(ids, addSpecial), StandardCharsets.UTF_8))
          .as("seed %d, add %b, parse %b", seed, addSpecial, parseSpecial)
          .isEqualTo(text);
      assertThat(IntStream.of(ids)).allMatch(id -> id >= 0 && id < tokenizer.size());
    }
  }

  /** Code points of all planes, spaces, digits, special tokens; no U+2581, which means a space. */
  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(60);
    while (text.length() < length) {
      switch (random.nextInt(8)) {
        case 0, 1 -> text.append((char) (' ' + random.nextInt(95)));
        case 2 -> text.append(" \n\t\r".charAt(random.nextInt(4)));
        case 3 -> text.append(random.nextBoolean() ? "</s>" : " the ");
        case 4 -> text.appendCodePoint(random.nextInt(0x800));
        case 5 -> text.appendCodePoint(0x1F300 + random.nextInt(0x400));
        default -> appendAny(text, random);
      }
    }
    return text.toString();
  }

  /** Nothing from planes 4 to 7 either: StarCoder has no token for their first byte, 0xF1. */
  private static void appendAny(StringBuilder text, Random random) {
    int codePoint = random.nextInt(random.nextBoolean() ? 0x10000 : Character.MAX_CODE_POINT + 1);
    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    boolean plane4To7 = codePoint >= 0x40000 && codePoint <= 0x7FFFF;
    if (!surrogate && !plane4To7 && codePoint != 0x2581) {
      text.appendCodePoint(codePoint);
    }
  }
}
