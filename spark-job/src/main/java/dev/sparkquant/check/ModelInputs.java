package dev.sparkquant.check;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.Closeable;
import java.io.IOException;

/** The files of a model, each opened when first read. For one thread. */
final class ModelInputs implements Closeable {
  private final GgufModel model;
  private final InputOpener opener;
  private final SeekableInput[] inputs;

  ModelInputs(GgufModel model, InputOpener opener) {
    this.model = model;
    this.opener = opener;
    this.inputs = new SeekableInput[model.shards().size()];
  }

  SeekableInput shard(int index) throws IOException {
    if (inputs[index] == null) {
      inputs[index] = opener.open(model.shards().get(index).name());
    }
    return inputs[index];
  }

  @Override
  public void close() throws IOException {
    for (SeekableInput input : inputs) {
      if (input != null) {
        input.close();
      }
    }
  }
}
