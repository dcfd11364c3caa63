package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LayerPruningTest {

  @Test
  void closesGaps() {
    List<TensorInfo> tensors = model("", 6);
    LayerPruning pruning = prune(tensors, 1, 4);
    assertThat(pruning.apply(tensors))
        .extracting(TensorInfo::name)
        .containsExactly("output.weight", "blk.0.x", "blk.1.x", "blk.2.x", "blk.3.x");
    assertThat(pruning.survivors(tensors))
        .extracting(TensorInfo::name)
        .containsExactly("output.weight", "blk.0.x", "blk.2.x", "blk.3.x", "blk.5.x");
    assertThat(pruning.blockCount()).hasValue(4);
  }

  @Test
  void changesNothingWithoutLayersToPrune() {
    List<TensorInfo> tensors = model("", 3);
    LayerPruning pruning = prune(tensors);
    assertThat(pruning.isEmpty()).isTrue();
    assertThat(pruning.apply(tensors)).isEqualTo(tensors);
    assertThat(pruning.blockCount()).isEmpty();
  }

  @Test
  void renumbersBehindPrefixesToo() {
    List<TensorInfo> tensors = model("dec.", 4);
    assertThat(prune(tensors, 0).apply(tensors))
        .extracting(TensorInfo::name)
        .containsExactly("output.weight", "dec.blk.0.x", "dec.blk.1.x", "dec.blk.2.x");
  }

  @Test
  void refusesLayersThatAreNotThere() {
    assertThatThrownBy(() -> prune(model("", 4), 2, 9))
        .isInstanceOf(PolicyException.class)
        .hasMessage("Cannot prune layer 9: the model has the layers 0 to 3");
    assertThatThrownBy(() -> prune(List.of(), 2))
        .hasMessage("Cannot prune layer 2: the model has no layers");
  }

  @Test
  void refusesToPruneAll() {
    assertThatThrownBy(() -> prune(model("", 2), 0, 1))
        .isInstanceOf(PolicyException.class)
        .hasMessage("Cannot prune all 2 layers: leave at least one");
  }

  @Test
  void refusesWhereLlamaQuantizeWouldExchangeLayers() {
    List<TensorInfo> tensors =
        List.of(tensor("enc.blk.1.x"), tensor("enc.blk.10.x"), tensor("enc.blk.2.x"));
    assertThatThrownBy(() -> prune(tensors, 1))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("Cannot prune layers: layer 2 comes after layer 10");
  }

  private static LayerPruning prune(List<TensorInfo> tensors, Integer... layers) {
    return LayerPruning.of(
        new TreeSet<>(List.of(layers)), tensors.stream().map(TensorInfo::name).toList());
  }

  private static List<TensorInfo> model(String prefix, int layers) {
    List<TensorInfo> tensors = new ArrayList<>();
    tensors.add(tensor("output.weight"));
    for (int i = 0; i < layers; i++) {
      tensors.add(tensor(prefix + "blk." + i + ".x"));
    }
    return tensors;
  }

  private static TensorInfo tensor(String name) {
    return new TensorInfo(name, GgmlType.F32, List.of(32L, 2L), 0);
  }
}
