package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.policy.QuantizeOptions;
import dev.sparkquant.policy.SchemeCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of 1.6 trillion weights, 384 experts in each of 95 layers, of which only headers are. */
public final class TrillionWeights {
  private static final int LAYERS = 95;
  private static final long WIDTH = 7168;
  private static final long EXPERT = 2048;
  private static final long EXPERTS = 384;
  private static final long VOCABULARY = 163_840;
  private static final String ARCHITECTURE = "deepseek2";

  private TrillionWeights() {}

  /** Its plan for one of llama-quantize's schemes. */
  public static QuantizePlan plan(String scheme) throws Exception {
    GgufModel model = model();
    SchemePlan plan =
        SchemePlan.of(
            model,
            new SchemeCatalog(Path.of("none")).resolve(scheme),
            QuantizeOptions.DEFAULTS,
            Optional.empty(),
            "out.gguf");
    return new Planner(model).plan(List.of(plan.request()));
  }

  /** The model as read from its header. */
  public static GgufModel model() throws IOException {
    TensorLayout layout = TensorLayout.of(tensors(), 32);
    byte[] header = GgufWriter.header(metadata(), layout.tensors());
    long length = header.length + layout.dataBytes();
    return GgufModel.open("in.gguf", name -> new Header(name, header, length));
  }

  private static Metadata metadata() {
    Map<String, MetadataValue> pairs = new LinkedHashMap<>();
    pairs.put("general.architecture", MetadataValue.ofString(ARCHITECTURE));
    number(pairs, "block_count", LAYERS);
    number(pairs, "expert_count", EXPERTS);
    number(pairs, "attention.head_count", 64);
    number(pairs, "attention.head_count_kv", 1);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < VOCABULARY; i++) {
      tokens.add("token" + i);
    }
    pairs.put("tokenizer.ggml.tokens", MetadataValue.ofStrings(tokens));
    return Metadata.of(pairs);
  }

  private static void number(Map<String, MetadataValue> pairs, String key, long value) {
    pairs.put(ARCHITECTURE + "." + key, MetadataValue.ofUint32(value));
  }

  private static List<TensorInfo> tensors() {
    List<TensorInfo> tensors = new ArrayList<>();
    tensors.add(weights("token_embd", WIDTH, VOCABULARY));
    tensors.add(weights("output", WIDTH, VOCABULARY));
    tensors.add(norm("output_norm", WIDTH));
    for (int i = 0; i < LAYERS; i++) {
      String layer = "blk." + i + ".";
      tensors.add(norm(layer + "attn_norm", WIDTH));
      tensors.add(norm(layer + "attn_q_a_norm", 1536));
      tensors.add(norm(layer + "attn_kv_a_norm", 512));
      tensors.add(weights(layer + "attn_q_a", WIDTH, 1536L));
      tensors.add(weights(layer + "attn_q_b", 1536L, 12_288L));
      tensors.add(weights(layer + "attn_kv_a_mqa", WIDTH, 576L));
      tensors.add(weights(layer + "attn_k_b", 128L, 512L, 64L));
      tensors.add(weights(layer + "attn_v_b", 512L, 128L, 64L));
      tensors.add(weights(layer + "attn_output", 8192L, WIDTH));
      tensors.add(norm(layer + "ffn_norm", WIDTH));
      tensors.add(
          new TensorInfo(layer + "ffn_gate_inp.weight", GgmlType.F32, List.of(WIDTH, EXPERTS), 0));
      tensors.add(weights(layer + "ffn_gate_exps", WIDTH, EXPERT, EXPERTS));
      tensors.add(weights(layer + "ffn_up_exps", WIDTH, EXPERT, EXPERTS));
      tensors.add(weights(layer + "ffn_down_exps", EXPERT, WIDTH, EXPERTS));
      tensors.add(weights(layer + "ffn_gate_shexp", WIDTH, EXPERT));
      tensors.add(weights(layer + "ffn_up_shexp", WIDTH, EXPERT));
      tensors.add(weights(layer + "ffn_down_shexp", EXPERT, WIDTH));
    }
    return tensors;
  }

  private static TensorInfo weights(String name, long... shape) {
    return new TensorInfo(
        name + ".weight", GgmlType.BF16, Arrays.stream(shape).boxed().toList(), 0);
  }

  private static TensorInfo norm(String name, long length) {
    return new TensorInfo(name + ".weight", GgmlType.F32, List.of(length), 0);
  }

  /** A file that has a header, and a length. */
  private static final class Header implements SeekableInput {
    private final String name;
    private final byte[] bytes;
    private final long length;

    Header(String name, byte[] bytes, long length) {
      this.name = name;
      this.bytes = bytes;
      this.length = length;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int count) {
      // The reader reads ahead, into what would be tensor data: zeros.
      int start = (int) Math.min(position, bytes.length);
      int there = Math.min(count, bytes.length - start);
      System.arraycopy(bytes, start, buffer, offset, there);
      Arrays.fill(buffer, offset + there, offset + count, (byte) 0);
    }

    @Override
    public void close() {}
  }
}
