package dev.sparkquant.gguf;

import dev.sparkquant.gguf.io.InputOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A model in one file or in several shards, as its headers describe it. Holds no open files.
 *
 * @param metadata those of the first shard; the others only repeat their place in the model
 * @param shards all files, in order
 * @param tensors all tensors, by shard and then in file order
 */
public record GgufModel(Metadata metadata, List<ModelShard> shards, List<ModelTensor> tensors) {

  public GgufModel {
    shards = List.copyOf(shards);
    tensors = List.copyOf(tensors);
  }

  /**
   * Reads the headers of a local model.
   *
   * @param path the file, or the first shard; the others must lie beside it
   * @throws GgufException if a file is damaged, or the shards do not fit together
   */
  public static GgufModel open(Path path) throws IOException {
    return open(path.toString(), InputOpener.local());
  }

  /**
   * Reads the headers of a model.
   *
   * @param name of the file, or of the first shard; the others' names follow from it
   * @throws GgufException if a file is damaged, or the shards do not fit together
   */
  public static GgufModel open(String name, InputOpener opener) throws IOException {
    return new ModelLoader(opener).load(name);
  }
}
