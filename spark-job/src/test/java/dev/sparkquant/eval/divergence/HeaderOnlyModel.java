package dev.sparkquant.eval.divergence;

import dev.sparkquant.eval.model.LanguageModel;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of any size whose weights are zeros and take no memory: enough for whatever depends on
 * sizes alone.
 */
record HeaderOnlyModel(
    int layers,
    long embedding,
    long heads,
    long keyHeads,
    long headLength,
    long inside,
    long words) {

  /** The shape of a Mistral Small of 24 billion weights. */
  static HeaderOnlyModel mistralSmall() {
    return new HeaderOnlyModel(40, 5120, 32, 8, 128, 32768, 131072);
  }

  /** The model with all its matrices in one type. */
  LanguageModel open(GgmlType type) throws IOException {
    TensorLayout layout = TensorLayout.of(tensors(type), 32);
    byte[] header = GgufWriter.header(metadata(), layout.tensors());
    SeekableInput file = new Header(header, header.length + layout.dataBytes());
    return LanguageModel.open(GgufModel.open(file.name(), name -> file), name -> file);
  }

  private Metadata metadata() {
    Map<String, MetadataValue> pairs = new LinkedHashMap<>();
    pairs.put("general.architecture", MetadataValue.ofString("llama"));
    size(pairs, "context_length", 32768);
    size(pairs, "embedding_length", embedding);
    size(pairs, "block_count", layers);
    size(pairs, "feed_forward_length", inside);
    size(pairs, "attention.head_count", heads);
    size(pairs, "attention.head_count_kv", keyHeads);
    size(pairs, "attention.key_length", headLength);
    size(pairs, "attention.value_length", headLength);
    size(pairs, "rope.dimension_count", headLength);
    pairs.put("llama.attention.layer_norm_rms_epsilon", MetadataValue.ofFloat32(1e-5f));
    return Metadata.of(pairs);
  }

  private static void size(Map<String, MetadataValue> pairs, String key, long value) {
    pairs.put("llama." + key, MetadataValue.ofUint32(value));
  }

  private List<TensorInfo> tensors(GgmlType type) {
    List<TensorInfo> tensors = new ArrayList<>();
    tensors.add(tensor("token_embd", type, embedding, words));
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "blk." + layer + ".";
      tensors.add(tensor(prefix + "attn_norm", GgmlType.F32, embedding));
      tensors.add(tensor(prefix + "attn_q", type, embedding, heads * headLength));
      tensors.add(tensor(prefix + "attn_k", type, embedding, keyHeads * headLength));
      tensors.add(tensor(prefix + "attn_v", type, embedding, keyHeads * headLength));
      tensors.add(tensor(prefix + "attn_output", type, heads * headLength, embedding));
      tensors.add(tensor(prefix + "ffn_norm", GgmlType.F32, embedding));
      tensors.add(tensor(prefix + "ffn_gate", type, embedding, inside));
      tensors.add(tensor(prefix + "ffn_up", type, embedding, inside));
      tensors.add(tensor(prefix + "ffn_down", type, inside, embedding));
    }
    tensors.add(tensor("output_norm", GgmlType.F32, embedding));
    tensors.add(tensor("output", type, embedding, words));
    return tensors;
  }

  private static TensorInfo tensor(String name, GgmlType type, long... dimensions) {
    List<Long> boxed = new ArrayList<>();
    for (long dimension : dimensions) {
      boxed.add(dimension);
    }
    return new TensorInfo(name + ".weight", type, boxed, 0);
  }

  /** A file of zeros but for its start. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Header(byte[] start, long length) implements SeekableInput {

    @Override
    public String name() {
      return "large.gguf";
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int count) {
      int there = (int) Math.max(0, Math.min(count, start.length - position));
      Arrays.fill(buffer, offset + there, offset + count, (byte) 0);
      System.arraycopy(start, (int) (there == 0 ? 0 : position), buffer, offset, there);
    }

    @Override
    public void close() {}
  }
}
