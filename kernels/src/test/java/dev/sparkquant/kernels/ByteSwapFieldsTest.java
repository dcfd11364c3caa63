package dev.sparkquant.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exactly the bytes of the words in a block change places, in every block of the range. */
class ByteSwapFieldsTest {

  /** The layouts, written down apart: words as {@code byte*width} or {@code byte*width*count}. */
  @ParameterizedTest
  @CsvSource({
    "F32, 0*4",
    "F16, 0*2",
    "Q4_0, 0*2",
    "Q4_1, 0*2 2*2",
    "Q8_0, 0*2",
    "Q2_K, 80*2 82*2",
    "Q3_K, 108*2",
    "Q4_K, 0*2 2*2",
    "Q5_K, 0*2 2*2",
    "Q6_K, 208*2",
    "IQ2_XS, 0*2 2*2*32",
    "IQ1_S, 0*2 34*2*8",
    "IQ4_NL, 0*2",
    "IQ3_S, 0*2",
    "IQ2_S, 0*2",
    "IQ4_XS, 0*2 2*2",
    "I8, ''",
    "I16, 0*2",
    "I32, 0*4",
    "I64, 0*8",
    "F64, 0*8",
    "BF16, 0*2",
    "TQ1_0, 52*2",
    "TQ2_0, 64*2",
    "MXFP4, ''",
    "NVFP4, ''",
    "Q1_0, 0*2",
    "Q2_0, 0*2"
  })
  void reversesTheWordsOfEveryBlockAndNothingElse(GgmlType type, String words) {
    int blocks = 3;
    int offset = 5;
    byte[] data = new byte[offset + blocks * type.blockBytes() + 2];
    new SplittableRandom(type.id()).nextBytes(data);
    byte[] expected = data.clone();
    for (int block = 0; block < blocks; block++) {
      for (int[] word : parse(words)) {
        int first = offset + block * type.blockBytes() + word[0];
        for (int i = 0; i < word[1]; i++) {
          expected[first + i] = data[first + word[1] - 1 - i];
        }
      }
    }

    ByteSwap.toLittleEndian(type, data, offset, blocks * type.blockBytes());

    assertThat(data).isEqualTo(expected);
  }

  /** Position and width of every word. */
  private static List<int[]> parse(String words) {
    List<int[]> parsed = new ArrayList<>();
    for (String run : words.isEmpty() ? new String[0] : words.split(" ")) {
      int[] numbers = Arrays.stream(run.split("\\*")).mapToInt(Integer::parseInt).toArray();
      int count = numbers.length == 3 ? numbers[2] : 1;
      for (int i = 0; i < count; i++) {
        parsed.add(new int[] {numbers[0] + i * numbers[1], numbers[1]});
      }
    }
    return parsed;
  }
}
