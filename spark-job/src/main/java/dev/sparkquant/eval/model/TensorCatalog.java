package dev.sparkquant.eval.model;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.kernels.Kernels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Hands out a model's tensors by name, once each has the shape wanted. */
final class TensorCatalog {
  private final String model;
  private final List<SeekableInput> files;
  private final Map<String, ModelTensor> tensors = new HashMap<>();
  private final TreeSet<String> unused = new TreeSet<>();

  /**
   * @param files the model's shards, opened
   */
  TensorCatalog(GgufModel model, List<SeekableInput> files) {
    this.model = model.shards().get(0).name();
    this.files = files;
    for (ModelTensor tensor : model.tensors()) {
      tensors.put(tensor.name(), tensor);
      unused.add(tensor.name());
    }
  }

  /** Whether there is a tensor of that name. */
  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * A tensor that must be there.
   *
   * @param shape its dimensions, the row length first
   * @throws ModelException if it is missing, has another shape, or cannot be decoded
   */
  TensorRows get(String name, long... shape) {
    ModelTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelException(model, "tensor " + name + " is missing");
    }
    TensorInfo info = tensor.info();
    if (!sameShape(info, shape)) {
      throw new ModelException(
          model,
          String.format(
              "tensor %s has shape %s, but must have %s",
              name, info.dimensions(), Arrays.toString(shape)));
    }
    if (!Kernels.canDecode(info.type())) {
      throw new ModelException(
          model, String.format("tensor %s has type %s, which holds no weights", name, info.type()));
    }
    unused.remove(name);
    return new TensorRows(info, files.get(tensor.shard()), tensor.position());
  }

  /** The same, or nothing if it is missing. */
  Optional<TensorRows> find(String name, long... shape) {
    return has(name) ? Optional.of(get(name, shape)) : Optional.empty();
  }

  /** The tensor's number of rows, so that {@link #get} can ask for it. */
  long rows(String name) {
    return has(name) ? tensors.get(name).info().rows() : 0;
  }

  /**
   * Checks that nothing is left over: a tensor nobody asked for would be missing from the result.
   *
   * @throws ModelException if there is one
   */
  void checkAllUsed(String architecture) {
    if (!unused.isEmpty()) {
      throw new ModelException(
          model,
          String.format("architecture %s has no use for tensor %s", architecture, unused.first()));
    }
  }

  private static boolean sameShape(TensorInfo info, long[] shape) {
    for (int i = 0; i < Math.max(shape.length, info.dimensions().size()); i++) {
      if (info.dimension(i) != (i < shape.length ? shape[i] : 1)) {
        return false;
      }
    }
    return true;
  }
}
