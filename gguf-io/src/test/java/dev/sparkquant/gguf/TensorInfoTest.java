package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorInfoTest {

  @Test
  void countsRowsElementsAndBytes() {
    TensorInfo experts = new TensorInfo("e", GgmlType.Q8_0, List.of(64L, 3L, 8L), 0);

    assertThat(experts.rowLength()).isEqualTo(64);
    assertThat(experts.rows()).isEqualTo(24);
    assertThat(experts.elements()).isEqualTo(1536);
    assertThat(experts.bytes()).isEqualTo(48 * 34);
    assertThat(experts.dimension(2)).isEqualTo(8);
    assertThat(experts.dimension(3)).isEqualTo(1);
    assertThat(experts.stored(GgmlType.F16, 96))
        .isEqualTo(new TensorInfo("e", GgmlType.F16, List.of(64L, 3L, 8L), 96));
  }

  @Test
  void rankLeavesOutTrailingOnes() {
    assertThat(shaped(5, 1, 1).rank()).isEqualTo(1);
    assertThat(shaped(1, 1).rank()).isEqualTo(1);
    assertThat(shaped(1, 2, 1, 1).rank()).isEqualTo(2);
    assertThat(shaped(1, 1, 1, 2).rank()).isEqualTo(4);
  }

  private static TensorInfo shaped(long... dimensions) {
    return new TensorInfo("t", GgmlType.F32, Arrays.stream(dimensions).boxed().toList(), 0);
  }
}
