package dev.sparkquant.cli;

import dev.sparkquant.report.RecordedTensors;
import dev.sparkquant.report.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Two runs side by side: what both wrote under the same name. */
record RunComparison(Side a, Side b) implements Comparison {
  /** Figures of a model that stand side by side, and what they are called. */
  private static final Map<String, String> FIGURES = figures();

  /**
   * One of the runs.
   *
   * @param outputs by name
   * @param figures what {@code kld --json} says of each output, by name
   * @param tensors by name, of each output
   */
  record Side(
      Path folder,
      Map<String, RunRecord.Output> outputs,
      Map<String, Map<String, Object>> figures,
      Map<String, Map<String, RecordedTensors.Tensor>> tensors) {

    static Side read(Path folder) throws IOException {
      RunRecord record = RunRecord.read(folder);
      Map<String, Map<String, RecordedTensors.Tensor>> byFile = RecordedTensors.read(folder);
      Map<String, RunRecord.Output> outputs = new LinkedHashMap<>();
      Map<String, Map<String, RecordedTensors.Tensor>> tensors = new LinkedHashMap<>();
      for (RunRecord.Output output : record.outputs()) {
        outputs.put(output.name(), output);
        Map<String, RecordedTensors.Tensor> all = new LinkedHashMap<>();
        output.files().forEach(file -> all.putAll(byFile.getOrDefault(file, Map.of())));
        tensors.put(output.name(), all);
      }
      Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
      if (record.divergence() != null) {
        record
            .divergence()
            .models()
            .forEach(model -> figures.put(String.valueOf(model.get("name")), model));
      }
      return new Side(folder, outputs, figures, tensors);
    }

    Double figure(String output, String key) {
      return figures.getOrDefault(output, Map.of()).get(key) instanceof Number number
          ? number.doubleValue()
          : null;
    }
  }

  /** A tensor whose type or error the runs do not share; a side is null where it is missing. */
  private record TensorChange(
      String output, String name, RecordedTensors.Tensor a, RecordedTensors.Tensor b) {}

  static RunComparison of(Path a, Path b) throws IOException {
    return new RunComparison(Side.read(a), Side.read(b));
  }

  private static Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("kld_mean", "mean KLD");
    figures.put("kld_mean_se", "its standard error");
    figures.put("kld_p99", "99 % KLD");
    figures.put("kld_max", "largest KLD");
    figures.put("ppl", "perplexity");
    figures.put("dp_rms", "RMS Δp");
    figures.put("same_top", "same top token");
    return figures;
  }

  private List<String> names() {
    Set<String> names = new LinkedHashSet<>(a.outputs.keySet());
    names.addAll(b.outputs.keySet());
    return List.copyOf(names);
  }

  @Override
  public void print() {
    System.out.println("A  " + PrintableText.of(a.folder.toString(), 300));
    System.out.println("B  " + PrintableText.of(b.folder.toString(), 300));
    System.out.println();
    TextTable table = new TextTable(2, "OUTPUT", "FIGURE", "A", "B", "B - A");
    for (String name : names()) {
      RunRecord.Output first = a.outputs.get(name);
      RunRecord.Output second = b.outputs.get(name);
      String shown = PrintableText.of(name, 60);
      table.row(shown, "bytes", bytes(first), bytes(second), difference(first, second));
      row(
          table,
          "bits a weight",
          first == null ? null : first.bitsPerWeight(),
          second == null ? null : second.bitsPerWeight());
      FIGURES.forEach(
          (key, figure) -> {
            Double left = a.figure(name, key);
            Double right = b.figure(name, key);
            if (left != null || right != null) {
              row(table, figure, left, right);
            }
          });
    }
    System.out.println(table);
    printTensors();
  }

  private static String bytes(RunRecord.Output output) {
    return output == null ? "missing" : Long.toString(output.bytes());
  }

  private static String difference(RunRecord.Output first, RunRecord.Output second) {
    return first == null || second == null
        ? "-"
        : String.format(Locale.ROOT, "%+d", second.bytes() - first.bytes());
  }

  private static void row(TextTable table, String figure, Double left, Double right) {
    table.row(
        "",
        figure,
        number("%.6g", left),
        number("%.6g", right),
        left == null || right == null ? "-" : number("%+.3g", right - left));
  }

  private static String number(String pattern, Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, pattern, value);
  }

  private void printTensors() {
    List<TensorChange> changes = changes();
    if (changes.isEmpty()) {
      System.out.println("Types and errors of all tensors are the same.");
      return;
    }
    TextTable table =
        new TextTable(4, "OUTPUT", "TENSOR", "A", "B", "REL. ERROR A", "REL. ERROR B");
    for (TensorChange change : changes) {
      table.row(
          PrintableText.of(change.output, 60),
          PrintableText.of(change.name, 80),
          type(change.a),
          type(change.b),
          error(change.a),
          error(change.b));
    }
    System.out.print(table);
  }

  private static String type(RecordedTensors.Tensor tensor) {
    return tensor == null ? "missing" : PrintableText.of(tensor.type(), 20);
  }

  private static String error(RecordedTensors.Tensor tensor) {
    return tensor == null
        ? "-"
        : String.format(Locale.ROOT, "%.3f %%", 100 * tensor.relativeError());
  }

  /** The tensors that differ in outputs that both runs have. */
  private List<TensorChange> changes() {
    List<TensorChange> changes = new ArrayList<>();
    for (String output : names()) {
      if (!a.outputs.containsKey(output) || !b.outputs.containsKey(output)) {
        continue;
      }
      Map<String, RecordedTensors.Tensor> first = a.tensors.get(output);
      Map<String, RecordedTensors.Tensor> second = b.tensors.get(output);
      Set<String> tensors = new LinkedHashSet<>(first.keySet());
      tensors.addAll(second.keySet());
      for (String tensor : tensors) {
        if (!Objects.equals(first.get(tensor), second.get(tensor))) {
          changes.add(new TensorChange(output, tensor, first.get(tensor), second.get(tensor)));
        }
      }
    }
    return changes;
  }

  @Override
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", a.folder.toString());
    map.put("b", b.folder.toString());
    List<Object> outputs = new ArrayList<>();
    for (String name : names()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", name);
      entry.put("a", sideMap(a, name));
      entry.put("b", sideMap(b, name));
      outputs.add(entry);
    }
    map.put("outputs", outputs);
    List<Object> tensors = new ArrayList<>();
    for (TensorChange change : changes()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("output", change.output);
      entry.put("name", change.name);
      entry.put("a", tensorMap(change.a));
      entry.put("b", tensorMap(change.b));
      tensors.add(entry);
    }
    map.put("tensors", tensors);
    return map;
  }

  private static Map<String, Object> sideMap(Side side, String name) {
    RunRecord.Output output = side.outputs.get(name);
    if (output == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("files", output.files());
    map.put("bytes", output.bytes());
    map.put("bits_per_weight", output.bitsPerWeight());
    FIGURES.keySet().forEach(key -> map.put(key, side.figure(name, key)));
    return map;
  }

  private static Map<String, Object> tensorMap(RecordedTensors.Tensor tensor) {
    if (tensor == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", tensor.type());
    map.put("bytes", tensor.bytes());
    map.put("relative_rms_error", tensor.relativeError());
    return map;
  }
}
