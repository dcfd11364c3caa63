package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizeOptionsTest {

  @Test
  void sortsLayersToPruneAndDropsRepetitions() {
    QuantizeOptions options = QuantizeOptions.builder().pruneLayers("7,2, 7,11").build();
    assertThat(options.pruneLayers()).containsExactly(2, 7, 11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,,2", "1,a", "-1", "1-3", "99999999999"})
  void refusesWhatIsNoLayer(String argument) {
    assertThatThrownBy(() -> QuantizeOptions.builder().pruneLayers(argument))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("Cannot use --prune-layers '" + argument + "': '");
  }

  @Test
  void namesTheOptionOfABadType() {
    assertThatThrownBy(() -> QuantizeOptions.builder().outputTensorType("Q9"))
        .hasMessageStartingWith("Cannot use --output-tensor-type 'Q9': there is no type 'Q9'");
    assertThatThrownBy(() -> QuantizeOptions.builder().tokenEmbeddingType("IQ1_S"))
        .hasMessageStartingWith("Cannot use --token-embedding-type 'IQ1_S': IQ1_S can be read");
  }

  @Test
  void filtersImportanceByPartsOfNames() {
    ImatrixFilter include = new ImatrixFilter(List.of("attn_v", "ffn_"), List.of());
    assertThat(include.accepts("blk.0.attn_v.weight")).isTrue();
    assertThat(include.accepts("blk.0.ffn_up.weight")).isTrue();
    assertThat(include.accepts("blk.0.attn_q.weight")).isFalse();
    ImatrixFilter exclude = new ImatrixFilter(List.of(), List.of("attn_v"));
    assertThat(exclude.accepts("blk.0.attn_v.weight")).isFalse();
    assertThat(exclude.accepts("blk.0.attn_q.weight")).isTrue();
    assertThat(ImatrixFilter.ALL.accepts("anything")).isTrue();
    assertThatThrownBy(() -> new ImatrixFilter(List.of("a"), List.of("b")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("--include-weights and --exclude-weights");
  }
}
