package dev.sparkquant.gguf;

/**
 * One tensor of a model and where its data are.
 *
 * @param shard index of the file that holds it, from 0
 * @param position where the data start in that file, in bytes from its start
 */
public record ModelTensor(TensorInfo info, int shard, long position) {

  public String name() {
    return info.name();
  }

  /** Size of the data in bytes, without padding. */
  public long bytes() {
    return info.bytes();
  }
}
