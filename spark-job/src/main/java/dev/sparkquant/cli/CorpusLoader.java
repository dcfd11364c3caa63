package dev.sparkquant.cli;

import dev.sparkquant.eval.divergence.LogitsFileReader;
import dev.sparkquant.eval.tokenizer.BoundaryTokens;
import dev.sparkquant.eval.tokenizer.CorpusReader;
import dev.sparkquant.eval.tokenizer.TokenizerException;
import dev.sparkquant.eval.tokenizer.Tokenizers;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.job.DivergenceJob;
import dev.sparkquant.job.DivergenceOrder;
import dev.sparkquant.job.TokenizedCorpus;
import dev.sparkquant.store.Storage;
import dev.sparkquant.store.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads corpora and turns them into tokens of a model's vocabulary. */
final class CorpusLoader {
  private final Storage storage;
  private final GgufModel model;

  /**
   * @param model whose vocabulary to use
   */
  CorpusLoader(Storage storage, GgufModel model) {
    this.storage = storage;
    this.model = model;
  }

  /**
   * What compares models with a base model on the corpora that the arguments name.
   *
   * @param models to compare
   * @param present those of them that exist already and are checked now, as the base is
   */
  static DivergenceOrder against(
      String base,
      List<String> models,
      List<String> present,
      CorpusArguments arguments,
      Storage storage)
      throws IOException {
    int vocabulary =
        DivergenceJob.check(new DivergenceOrder(base, null, present, List.of(), null), storage);
    CorpusLoader loader = new CorpusLoader(storage, GgufModel.open(base, storage));
    return new DivergenceOrder(base, null, models, loader.load(arguments, vocabulary), null);
  }

  private List<TokenizedCorpus> load(CorpusArguments arguments, int vocabulary) throws IOException {
    List<TokenizedCorpus> corpora = new ArrayList<>();
    for (String name : arguments.corpora) {
      byte[] content = read(name);
      int[] tokens =
          arguments.tokenIds
              ? CorpusReader.tokenIds(new ByteArrayInputStream(content), name, vocabulary)
              : CorpusReader.text(content, Tokenizers.from(model.metadata()));
      corpora.add(
          TokenizedCorpus.of(
              name, tokens, arguments.contextLength, arguments.mostChunks(), firstToken()));
    }
    return corpora;
  }

  /** The corpus that a file of base logits was made of. */
  TokenizedCorpus ofLogits(String file, CorpusArguments arguments) throws IOException {
    try (SeekableInput input = storage.open(file)) {
      LogitsFileReader reader = LogitsFileReader.open(input);
      OptionalInt first = firstToken();
      return TokenizedCorpus.ofLogits(file, reader.corpus(first), arguments.mostChunks(), first);
    }
  }

  /** The beginning-of-sequence token, if the model wants one. */
  private OptionalInt firstToken() {
    try {
      BoundaryTokens boundaries = Tokenizers.from(model.metadata()).boundaries();
      return boundaries.addsBos() ? boundaries.bos() : OptionalInt.empty();
    } catch (TokenizerException e) {
      // Token ids serve models whose vocabulary we cannot use: then the metadata have to say it.
      return statedFirstToken(model.metadata());
    }
  }

  private static OptionalInt statedFirstToken(Metadata metadata) {
    boolean added =
        metadata
            .get("tokenizer.ggml.add_bos_token")
            .filter(value -> value.type() == MetadataType.BOOL)
            .map(MetadataValue::asBool)
            .orElse(false);
    return metadata
        .get("tokenizer.ggml.bos_token_id")
        .filter(value -> added && value.type() == MetadataType.UINT32)
        .map(value -> OptionalInt.of((int) value.asLong()))
        .orElse(OptionalInt.empty());
  }

  private byte[] read(String name) throws IOException {
    try (SeekableInput file = storage.open(name)) {
      if (file.length() > Integer.MAX_VALUE - 8) {
        throw new StorageException(
            "Cannot use corpus " + name + ": it is larger than 2 GB; give a part of it");
      }
      byte[] content = new byte[(int) file.length()];
      file.readFully(0, content, 0, content.length);
      return content;
    }
  }
}
