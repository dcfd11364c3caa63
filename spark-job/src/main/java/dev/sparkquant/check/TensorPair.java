package dev.sparkquant.check;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of one name in two models; one of them may be missing.
 *
 * @param a the first model's
 * @param b the second model's
 */
public record TensorPair(String name, Optional<ModelTensor> a, Optional<ModelTensor> b) {

  /** All tensors of both models, in the order of the first; what only the second has comes last. */
  public static List<TensorPair> of(GgufModel a, GgufModel b) {
    Map<String, ModelTensor> others = new LinkedHashMap<>();
    b.tensors().forEach(tensor -> others.put(tensor.name(), tensor));
    List<TensorPair> pairs = new ArrayList<>();
    for (ModelTensor tensor : a.tensors()) {
      Optional<ModelTensor> other = Optional.ofNullable(others.remove(tensor.name()));
      pairs.add(new TensorPair(tensor.name(), Optional.of(tensor), other));
    }
    others.forEach(
        (name, tensor) -> pairs.add(new TensorPair(name, Optional.empty(), Optional.of(tensor))));
    return pairs;
  }

  /** Whether both models have it. */
  public boolean isInBoth() {
    return a.isPresent() && b.isPresent();
  }

  /** Whether both models have it with the same shape, apart from dimensions of 1 at the end. */
  public boolean isSameShape() {
    if (!isInBoth()) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      if (a.get().info().dimension(i) != b.get().info().dimension(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether both models have it with the same shape and type. */
  public boolean isAlike() {
    return isSameShape() && a.get().info().type() == b.get().info().type();
  }
}
