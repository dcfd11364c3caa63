package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One model of {@code llama-quantize-types.tsv}: its header, and what llama.cpp makes of it.
 *
 * @param tensors in file order
 * @param order names in the order in which llama.cpp handles them
 */
record GoldenModel(
    String name,
    Metadata metadata,
    List<TensorInfo> tensors,
    List<String> order,
    List<Outcome> outcomes) {

  /**
   * What one command gives.
   *
   * @param command a file type and options
   * @param error llama.cpp's message, or null
   * @param types one a tensor, in order
   * @param names of the tensors in the output if pruning changed them, else empty
   * @param fallbacks number of tensors that did not fit their type
   * @param needsImatrix whether llama.cpp says so
   */
  record Outcome(
      String command,
      String error,
      List<GgmlType> types,
      List<String> names,
      int fallbacks,
      boolean needsImatrix) {}

  static List<GoldenModel> parse(List<String> lines) {
    Map<Character, GgmlType> codes = new HashMap<>();
    List<GoldenModel> models = new ArrayList<>();
    List<List<String>> section = new ArrayList<>();
    for (String line : lines) {
      List<String> fields = Arrays.asList(line.split("\t", -1));
      if (fields.get(0).equals("code")) {
        for (String code : fields.get(1).split(" ", -1)) {
          codes.put(code.charAt(0), GgmlType.valueOf(code.substring(2)));
        }
      } else if (fields.get(0).equals("model") && !section.isEmpty()) {
        models.add(read(section, codes));
        section.clear();
      }
      if (!line.isEmpty() && !line.startsWith("#") && !fields.get(0).equals("code")) {
        section.add(fields);
      }
    }
    models.add(read(section, codes));
    return models;
  }

  private static GoldenModel read(List<List<String>> section, Map<Character, GgmlType> codes) {
    List<MetadataText.Pair> pairs = new ArrayList<>();
    List<TensorInfo> tensors = new ArrayList<>();
    List<String> order = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (List<String> fields : section) {
      switch (fields.get(0)) {
        case "key" -> pairs.add(new MetadataText.Pair(fields.get(1), fields.get(2), fields.get(3)));
        case "tensor" -> tensors.add(tensor(fields));
        case "order" -> {
          for (String index : fields.get(1).split(" ", -1)) {
            order.add(tensors.get(Integer.parseInt(index)).name());
          }
        }
        case "types" -> {
          List<GgmlType> types =
              fields.get(4).chars().mapToObj(code -> codes.get((char) code)).toList();
          List<String> names =
              fields.size() > 5 ? List.of(fields.get(5).split(" ", -1)) : List.of();
          for (String command : fields.get(1).split("; ", -1)) {
            outcomes.add(
                new Outcome(
                    command,
                    null,
                    types,
                    names,
                    Integer.parseInt(fields.get(2)),
                    fields.get(3).equals("imatrix")));
          }
        }
        case "error" -> {
          for (String command : fields.get(1).split("; ", -1)) {
            outcomes.add(new Outcome(command, fields.get(2), List.of(), List.of(), 0, false));
          }
        }
        default -> {}
      }
    }
    return new GoldenModel(section.get(0).get(1), MetadataText.of(pairs), tensors, order, outcomes);
  }

  private static TensorInfo tensor(List<String> fields) {
    List<Long> dimensions = Arrays.stream(fields.get(3).split("x", -1)).map(Long::valueOf).toList();
    return new TensorInfo(fields.get(1), GgmlType.valueOf(fields.get(2)), dimensions, 0);
  }
}
