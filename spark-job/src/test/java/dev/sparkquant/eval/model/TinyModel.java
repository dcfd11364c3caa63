package dev.sparkquant.eval.model;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A small F32 model of random weights, the same ones on every machine: written out, llama.cpp reads
 * it too.
 */
public final class TinyModel {
  static final int EMBEDDING = 64;
  static final int HEADS = 4;
  static final int KEY_VALUE_HEADS = 2;
  static final int FEED_FORWARD = 96;
  public static final int VOCABULARY = 96;
  static final int LAYERS = 2;

  private final String architecture;
  private final int headLength;
  private final Random random;
  private final Map<String, MetadataValue> metadata = new LinkedHashMap<>();
  private final List<TensorInfo> tensors = new ArrayList<>();
  private final Map<String, float[]> data = new LinkedHashMap<>();

  private TinyModel(String architecture, long seed) {
    this.architecture = architecture;
    // llama.cpp takes Qwen 2 only with heads as long together as the embedding.
    this.headLength = architecture.equals("qwen2") ? EMBEDDING / HEADS : 24;
    this.random = new Random(seed);
    metadata.put("general.architecture", MetadataValue.ofString(architecture));
    size("context_length", 4096);
    size("embedding_length", EMBEDDING);
    size("block_count", LAYERS);
    size("feed_forward_length", FEED_FORWARD);
    size("attention.head_count", HEADS);
    size("attention.head_count_kv", KEY_VALUE_HEADS);
    size("attention.key_length", headLength);
    size("attention.value_length", headLength);
    size("rope.dimension_count", headLength);
    number("attention.layer_norm_rms_epsilon", 1e-5f);
  }

  /** Llama: no more than the block that all share. */
  public static TinyModel llama(long seed) {
    return new TinyModel("llama", seed).ends(true).attention().network();
  }

  /** Llama with every bias that it may have, and factors on the rotary frequencies. */
  static TinyModel llamaWithBiasesAndFactors(long seed) {
    TinyModel model = llama(seed);
    for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
      model.biases(name);
    }
    for (String name : List.of("ffn_gate", "ffn_up", "ffn_down")) {
      model.biases(name);
    }
    float[] factors = new float[model.headLength / 2];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 + 0.5f * i;
    }
    return model.tensor("rope_freqs.weight", factors, factors.length);
  }

  /** Llama with another rope scaling. */
  static TinyModel llamaWithScaling(long seed, String scaling, float factor) {
    TinyModel model = llama(seed);
    model.metadata.put("llama.rope.scaling.type", MetadataValue.ofString(scaling));
    model.size("rope.scaling.original_context_length", 32);
    return model.number("rope.scaling.factor", factor);
  }

  /** Mixtral: two of four experts. */
  static TinyModel mixtral(long seed) {
    return new TinyModel("llama", seed).ends(true).attention().experts(4, 2, FEED_FORWARD);
  }

  /** Qwen 2: biases, output tied to the token embeddings. */
  static TinyModel qwen2(long seed) {
    TinyModel model = new TinyModel("qwen2", seed).ends(false).attention().network();
    return model.biases("attn_q").biases("attn_k").biases("attn_v");
  }

  /** Qwen 3: norms over heads. */
  static TinyModel qwen3(long seed) {
    return new TinyModel("qwen3", seed).ends(true).attention().headNorms().network();
  }

  /** Qwen 3 with experts: three of eight. */
  static TinyModel qwen3Moe(long seed) {
    TinyModel model = new TinyModel("qwen3moe", seed).ends(true).attention().headNorms();
    model.size("expert_feed_forward_length", 32);
    return model.experts(8, 3, 32);
  }

  /** Changes or adds a size in the architecture's metadata. */
  TinyModel size(String key, int value) {
    metadata.put(architecture + "." + key, MetadataValue.ofUint32(value));
    return this;
  }

  /** Changes or adds a number in the architecture's metadata. */
  TinyModel number(String key, float value) {
    metadata.put(architecture + "." + key, MetadataValue.ofFloat32(value));
    return this;
  }

  /** Changes or adds any metadata. */
  TinyModel with(String key, MetadataValue value) {
    metadata.put(key, value);
    return this;
  }

  /** Leaves a tensor out. */
  TinyModel without(String tensor) {
    data.remove(tensor);
    tensors.removeIf(info -> info.name().equals(tensor));
    return this;
  }

  /** Adds a tensor. */
  TinyModel tensor(String name, float[] elements, long... shape) {
    List<Long> dimensions = new ArrayList<>();
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    tensors.add(new TensorInfo(name, GgmlType.F32, dimensions, 0));
    data.put(name, elements);
    return this;
  }

  /** Changes every element of a tensor a little. */
  public TinyModel disturb(String name, float amount) {
    float[] elements = data.get(name);
    for (int i = 0; i < elements.length; i++) {
      elements[i] += amount * uniform();
    }
    return this;
  }

  /** The elements of a tensor. */
  public float[] elements(String name) {
    return data.get(name);
  }

  /** Writes the model as a GGUF file. */
  public Path write(Path file) throws IOException {
    Map<String, MetadataValue> pairs = new LinkedHashMap<>(metadata);
    pairs.put("tokenizer.ggml.model", MetadataValue.ofString("gpt2"));
    pairs.put("tokenizer.ggml.pre", MetadataValue.ofString("gpt-2"));
    pairs.put(
        "tokenizer.ggml.tokens",
        MetadataValue.ofStrings(
            IntStream.range(0, VOCABULARY).mapToObj(token -> "t" + token).toList()));
    pairs.put("tokenizer.ggml.merges", MetadataValue.ofStrings(List.of("t 1")));
    pairs.put("tokenizer.ggml.bos_token_id", MetadataValue.ofUint32(1));
    TensorLayout layout = TensorLayout.of(tensors, 32);
    byte[] header = GgufWriter.header(Metadata.of(pairs), layout.tensors());
    try (LocalFileOutput output = LocalFileOutput.create(file)) {
      output.write(0, header, 0, header.length);
      output.write(header.length, new byte[(int) layout.dataBytes()], 0, (int) layout.dataBytes());
      for (TensorInfo info : layout.tensors()) {
        ByteBuffer bytes = ByteBuffer.allocate((int) info.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(data.get(info.name()));
        output.write(header.length + info.offset(), bytes.array(), 0, bytes.capacity());
      }
    }
    return file;
  }

  /** Writes the model and opens it. */
  public LanguageModel open(Path file) throws IOException {
    return LanguageModel.open(GgufModel.open(write(file)), InputOpener.local());
  }

  private TinyModel ends(boolean ownOutput) {
    matrix("token_embd.weight", 1, EMBEDDING, VOCABULARY);
    norm("output_norm.weight", EMBEDDING);
    return ownOutput ? matrix("output.weight", 0.3f, EMBEDDING, VOCABULARY) : this;
  }

  private TinyModel attention() {
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = "blk." + layer + ".";
      int queries = HEADS * headLength;
      int keys = KEY_VALUE_HEADS * headLength;
      norm(prefix + "attn_norm.weight", EMBEDDING);
      matrix(prefix + "attn_q.weight", 0.3f, EMBEDDING, queries);
      matrix(prefix + "attn_k.weight", 0.3f, EMBEDDING, keys);
      matrix(prefix + "attn_v.weight", 0.3f, EMBEDDING, keys);
      matrix(prefix + "attn_output.weight", 0.2f, queries, EMBEDDING);
      norm(prefix + "ffn_norm.weight", EMBEDDING);
    }
    return this;
  }

  private TinyModel headNorms() {
    for (int layer = 0; layer < LAYERS; layer++) {
      norm("blk." + layer + ".attn_q_norm.weight", headLength);
      norm("blk." + layer + ".attn_k_norm.weight", headLength);
    }
    return this;
  }

  private TinyModel network() {
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = "blk." + layer + ".";
      matrix(prefix + "ffn_gate.weight", 0.3f, EMBEDDING, FEED_FORWARD);
      matrix(prefix + "ffn_up.weight", 0.3f, EMBEDDING, FEED_FORWARD);
      matrix(prefix + "ffn_down.weight", 0.3f, FEED_FORWARD, EMBEDDING);
    }
    return this;
  }

  private TinyModel experts(int count, int used, int length) {
    size("expert_count", count);
    size("expert_used_count", used);
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = "blk." + layer + ".";
      matrix(prefix + "ffn_gate_inp.weight", 0.3f, EMBEDDING, count);
      matrix(prefix + "ffn_gate_exps.weight", 0.3f, EMBEDDING, length, count);
      matrix(prefix + "ffn_up_exps.weight", 0.3f, EMBEDDING, length, count);
      matrix(prefix + "ffn_down_exps.weight", 0.3f, length, EMBEDDING, count);
    }
    return this;
  }

  private TinyModel biases(String name) {
    for (int layer = 0; layer < LAYERS; layer++) {
      String tensor = "blk." + layer + "." + name;
      int length =
          (int)
              tensors.stream()
                  .filter(info -> info.name().equals(tensor + ".weight"))
                  .findFirst()
                  .orElseThrow()
                  .rows();
      float[] bias = new float[length];
      for (int i = 0; i < length; i++) {
        bias[i] = uniform();
      }
      tensor(tensor + ".bias", bias, length);
    }
    return this;
  }

  private TinyModel norm(String name, int length) {
    float[] weight = new float[length];
    for (int i = 0; i < length; i++) {
      weight[i] = 1 + 0.5f * uniform();
    }
    return tensor(name, weight, length);
  }

  private TinyModel matrix(String name, float scale, long... shape) {
    float[] elements =
        new float[(int) new TensorInfo(name, GgmlType.F32, boxed(shape), 0).elements()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = scale * uniform();
    }
    return tensor(name, elements, shape);
  }

  private static List<Long> boxed(long[] shape) {
    List<Long> dimensions = new ArrayList<>();
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    return dimensions;
  }

  private float uniform() {
    return 2 * random.nextFloat() - 1;
  }
}
