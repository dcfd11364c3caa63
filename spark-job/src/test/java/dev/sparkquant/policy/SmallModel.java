package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A model of a few layers for tests of schemes, its tensors in the order of an output. */
record SmallModel(Metadata metadata, List<TensorInfo> tensors) {

  /** Dense, BF16, with rows of 512 and layers of attention, feed-forward and norm. */
  static SmallModel ofLayers(int layers) {
    List<TensorInfo> tensors = new ArrayList<>();
    tensors.add(tensor("token_embd.weight", GgmlType.BF16));
    tensors.add(tensor("output.weight", GgmlType.BF16));
    for (int i = 0; i < layers; i++) {
      for (String part : List.of("attn_q", "attn_v", "attn_output", "ffn_up", "ffn_down")) {
        tensors.add(tensor("blk." + i + "." + part + ".weight", GgmlType.BF16));
      }
      tensors.add(new TensorInfo("blk." + i + ".attn_norm.weight", GgmlType.F32, List.of(512L), 0));
    }
    return new SmallModel(metadata("llama", layers), tensors).sorted();
  }

  static Metadata metadata(String architecture, int layers) {
    return MetadataText.of(
        List.of(
            new MetadataText.Pair("general.architecture", "str", architecture),
            new MetadataText.Pair(architecture + ".block_count", "u32", "" + layers),
            new MetadataText.Pair(architecture + ".attention.head_count", "u32", "8"),
            new MetadataText.Pair(architecture + ".attention.head_count_kv", "u32", "2")));
  }

  static TensorInfo tensor(String name, GgmlType type) {
    return new TensorInfo(name, type, List.of(512L, 4L), 0);
  }

  SmallModel with(TensorInfo tensor) {
    List<TensorInfo> more = new ArrayList<>(tensors);
    more.removeIf(other -> other.name().equals(tensor.name()));
    more.add(tensor);
    return new SmallModel(metadata, more).sorted();
  }

  SmallModel without(String name) {
    return new SmallModel(
        metadata, tensors.stream().filter(tensor -> !tensor.name().equals(name)).toList());
  }

  Assignments assign(Scheme scheme, QuantizeOptions options) {
    List<String> names = tensors.stream().map(TensorInfo::name).toList();
    ModelTraits traits = ModelTraits.of(metadata, options.metadataOverrides(), names);
    return new TypeAssigner(scheme, options).assign(metadata, traits, tensors);
  }

  Assignments assign(Scheme scheme) {
    return assign(scheme, QuantizeOptions.DEFAULTS);
  }

  private SmallModel sorted() {
    List<TensorInfo> ordered = new ArrayList<>(tensors);
    ordered.sort(Comparator.comparing(TensorInfo::name, new TensorOrder()));
    return new SmallModel(metadata, ordered);
  }
}
