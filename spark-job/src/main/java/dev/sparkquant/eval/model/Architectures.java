package dev.sparkquant.eval.model;

import dev.sparkquant.gguf.GgufModel;
import java.util.List;
import java.util.stream.Collectors;

/** The architectures that can be evaluated. */
final class Architectures {
  private static final String KEY = "general.architecture";

  private static final List<Architecture> KNOWN =
      List.of(new Llama(), new Qwen2(), new Qwen3(), new Qwen3Moe());

  private Architectures() {}

  /**
   * The architecture of a model.
   *
   * @throws ModelException if it is not known
   */
  static Architecture of(GgufModel model) {
    String file = model.shards().get(0).name();
    String name = new ArchitectureKeys(file, "", model.metadata()).text(KEY);
    return KNOWN.stream()
        .filter(architecture -> architecture.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    file,
                    String.format(
                        "its architecture is '%s', but only %s can be evaluated", name, names())));
  }

  private static String names() {
    return KNOWN.stream().map(Architecture::name).collect(Collectors.joining(", "));
  }
}
