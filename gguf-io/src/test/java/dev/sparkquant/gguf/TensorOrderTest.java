package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorOrderTest {

  @Test
  void sortsByLayerAndThenByBytes() {
    List<String> sorted =
        List.of(
            "blk.x.weight",
            "output.weight",
            "output_norm.weight",
            "token_embd.weight",
            "blk.0.attn_q.weight",
            "blk.0.ffn_up.bias",
            "blk.0.ffn_up.weight",
            "blk.2.attn_k.weight",
            "blk.10.attn_k.weight");
    List<String> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(7));

    shuffled.sort(new TensorOrder());

    assertThat(shuffled).isEqualTo(sorted);
  }

  @Test
  void comparesBytesNotCharacters() {
    // The private-use character is below the emoji in UTF-8, but above its surrogates in UTF-16.
    assertThat(new TensorOrder().compare("\uE000", "\uD83D\uDE00")).isNegative();
    assertThat(new TensorOrder().compare("z", "ä")).isNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "blk.0.attn_q.weight, 0",
    "blk.127.x, 127",
    "blk.07.x, 7",
    "blk.5, 5",
    "blk.-3.x, -3",
    "blk..x, -1",
    "blk.x, -1",
    "enc.blk.4.x, -1",
    "output.weight, -1"
  })
  void readsTheLayerAsSscanfDoes(String name, int layer) {
    assertThat(TensorOrder.layer(name)).isEqualTo(layer);
  }
}
