package dev.sparkquant.eval.model;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A model of a known architecture with its files open: its sizes, and where its tensors are. */
public final class LanguageModel implements Closeable {
  private static final String EMBEDDING = "token_embd.weight";

  private final String name;
  private final HyperParameters parameters;
  private final List<SeekableInput> files;
  private final TensorRows embedding;
  private final Optional<TensorRows> ropeFactors;
  private final List<Block> blocks;
  private final TensorRows outputNorm;
  private final Linear output;

  private LanguageModel(GgufModel model, List<SeekableInput> files) {
    this.name = model.shards().get(0).name();
    this.files = files;
    Architecture architecture = Architectures.of(model);
    ArchitectureKeys keys = new ArchitectureKeys(name, architecture.name() + ".", model.metadata());
    this.parameters = HyperParameters.read(keys, architecture);
    TensorCatalog catalog = new TensorCatalog(model, files);
    int width = parameters.embedding();
    long vocabulary = catalog.rows(EMBEDDING);
    this.embedding = catalog.get(EMBEDDING, width, vocabulary);
    this.ropeFactors =
        architecture.allowsRopeFactors()
            ? catalog.find("rope_freqs.weight", parameters.ropeDimensions() / 2)
            : Optional.empty();
    this.blocks =
        IntStream.range(0, parameters.layers())
            .mapToObj(layer -> Block.of(catalog, architecture, parameters, layer))
            .toList();
    this.outputNorm = catalog.get("output_norm.weight", width);
    // Without an output matrix of its own a model uses its token embeddings.
    this.output =
        new Linear(
            catalog.find("output.weight", width, vocabulary).orElse(embedding),
            architecture.allowsOutputBias()
                ? catalog.find("output.bias", vocabulary)
                : Optional.empty());
    catalog.checkAllUsed(architecture.name());
  }

  /**
   * Opens a model's files.
   *
   * @throws ModelException if the architecture is not known, or a tensor or key is missing or unfit
   */
  public static LanguageModel open(GgufModel model, InputOpener opener) throws IOException {
    for (ModelShard shard : model.shards()) {
      if (shard.header().byteOrder() != ByteOrder.LITTLE_ENDIAN) {
        throw new ModelException(shard.name(), "it is big-endian");
      }
    }
    List<SeekableInput> files = new ArrayList<>();
    try {
      for (ModelShard shard : model.shards()) {
        files.add(opener.open(shard.name()));
      }
      return new LanguageModel(model, files);
    } catch (IOException | RuntimeException e) {
      close(files, e);
      throw e;
    }
  }

  /** The model's file. */
  public String name() {
    return name;
  }

  public HyperParameters parameters() {
    return parameters;
  }

  /** Tokens that it knows. */
  public int vocabulary() {
    return embedding.rows();
  }

  TensorRows embedding() {
    return embedding;
  }

  Optional<TensorRows> ropeFactors() {
    return ropeFactors;
  }

  List<Block> blocks() {
    return blocks;
  }

  TensorRows outputNorm() {
    return outputNorm;
  }

  Linear output() {
    return output;
  }

  /** All tensors. */
  List<TensorRows> tensors() {
    List<TensorRows> tensors = new ArrayList<>(end());
    tensors.add(embedding);
    blocks.forEach(block -> tensors.addAll(block.tensors()));
    return tensors;
  }

  /** The tensors after the last block. */
  List<TensorRows> end() {
    List<TensorRows> tensors = new ArrayList<>(output.tensors());
    tensors.add(outputNorm);
    return tensors;
  }

  @Override
  public void close() throws IOException {
    IOException failure = new IOException("Cannot close " + name);
    close(files, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void close(List<SeekableInput> files, Exception failure) {
    for (SeekableInput file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
