package dev.sparkquant.cli;

import java.util.HashSet;
import java.util.List;

/** What reports call models. */
final class ModelNames {
  private ModelNames() {}

  /** The files' names without folder and {@code .gguf}; with folder if some are the same. */
  static List<String> of(List<String> files) {
    List<String> names = files.stream().map(ModelNames::shortName).toList();
    return new HashSet<>(names).size() == names.size() ? names : List.copyOf(files);
  }

  static String shortName(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.endsWith(".gguf") ? name.substring(0, name.length() - 5) : name;
  }
}
