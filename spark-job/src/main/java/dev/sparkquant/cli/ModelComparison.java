package dev.sparkquant.cli;

import dev.sparkquant.check.DistanceMeter;
import dev.sparkquant.check.MetadataDifference;
import dev.sparkquant.check.TensorDistance;
import dev.sparkquant.check.TensorPair;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.report.Numbers;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Two models side by side.
 *
 * @param distances by tensor, of those that were measured; null if none was to be
 */
record ModelComparison(
    String nameA,
    GgufModel a,
    String nameB,
    GgufModel b,
    List<TensorPair> tensors,
    Map<String, TensorDistance> distances)
    implements Comparison {

  /** Opens both models and, if wanted, measures how far their tensors lie apart. */
  static ModelComparison of(String nameA, String nameB, boolean errors, Storage storage)
      throws IOException {
    GgufModel a = GgufModel.open(nameA, storage);
    GgufModel b = GgufModel.open(nameB, storage);
    List<TensorPair> pairs = TensorPair.of(a, b);
    Map<String, TensorDistance> distances = errors ? measure(a, b, pairs, storage) : null;
    return new ModelComparison(nameA, a, nameB, b, pairs, distances);
  }

  private static Map<String, TensorDistance> measure(
      GgufModel a, GgufModel b, List<TensorPair> pairs, Storage storage) throws IOException {
    List<TensorPair> measured = pairs.stream().filter(DistanceMeter::canMeasure).toList();
    BytesProgress progress = BytesProgress.onStandardError();
    List<Optional<TensorDistance>> found;
    try {
      int threads = Runtime.getRuntime().availableProcessors();
      found = new DistanceMeter(a, b, storage, threads).measure(measured, progress);
    } finally {
      progress.end();
    }
    Map<String, TensorDistance> distances = new LinkedHashMap<>();
    for (int i = 0; i < measured.size(); i++) {
      String name = measured.get(i).name();
      found.get(i).ifPresent(distance -> distances.put(name, distance));
    }
    return distances;
  }

  @Override
  public void print() {
    TextTable models = new TextTable(2, "", "MODEL", "TENSORS", "WEIGHTS", "SIZE", "BITS/W");
    models.row(modelRow("A", nameA, a));
    models.row(modelRow("B", nameB, b));
    System.out.println(models);

    List<MetadataDifference> metadata = MetadataDifference.between(a.metadata(), b.metadata());
    if (!metadata.isEmpty()) {
      TextTable table = new TextTable(3, "METADATA", "A", "B");
      metadata.forEach(
          pair -> table.row(PrintableText.of(pair.key(), 80), text(pair.a()), text(pair.b())));
      System.out.println(table);
    }
    printTensors();
    System.out.println(summary(metadata.size()));
  }

  private static String[] modelRow(String letter, String name, GgufModel model) {
    return new String[] {
      letter,
      PrintableText.of(name, 300),
      Integer.toString(model.tensors().size()),
      Numbers.count(elements(model)),
      Numbers.bytes(bytes(model)),
      String.format(Locale.ROOT, "%.3f", bitsPerWeight(model))
    };
  }

  private void printTensors() {
    TextTable table =
        new TextTable(3, "TENSOR", "A", "B", "BYTES A", "BYTES B", "REL. ERROR", "LARGEST ERROR");
    boolean any = false;
    for (TensorPair pair : tensors) {
      TensorDistance distance = distance(pair);
      if (pair.isAlike() && (distance == null || distance.identical())) {
        continue;
      }
      any = true;
      boolean shapes = pair.isInBoth() && !pair.isSameShape();
      table.row(
          PrintableText.of(pair.name(), 80),
          type(pair.a(), shapes),
          type(pair.b(), shapes),
          size(pair.a()),
          size(pair.b()),
          distance == null ? "-" : percent(distance.relativeRmsError()),
          distance == null ? "-" : String.format(Locale.ROOT, "%.3g", distance.largestError()));
    }
    if (any) {
      System.out.println(table);
    }
  }

  private String summary(int metadataDifferences) {
    long common = tensors.stream().filter(TensorPair::isInBoth).count();
    long otherType = tensors.stream().filter(pair -> pair.isSameShape() && !pair.isAlike()).count();
    long otherShape =
        tensors.stream().filter(pair -> pair.isInBoth() && !pair.isSameShape()).count();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%d metadata differ; %d tensors in both (%d of another type, %d of another shape),"
                + " %d in A only, %d in B only",
            metadataDifferences,
            common,
            otherType,
            otherShape,
            a.tensors().size() - common,
            b.tensors().size() - common));
    if (distances == null) {
      return text.append(". Data not read: --errors compares it.").toString();
    }
    long identical = distances.values().stream().filter(TensorDistance::identical).count();
    return text.append(String.format("; data of %d are identical.", identical)).toString();
  }

  private TensorDistance distance(TensorPair pair) {
    return distances == null ? null : distances.get(pair.name());
  }

  private static String type(Optional<ModelTensor> tensor, boolean withShape) {
    return tensor
        .map(t -> t.info().type().name() + (withShape ? " " + InspectCommand.shape(t.info()) : ""))
        .orElse("missing");
  }

  private static String size(Optional<ModelTensor> tensor) {
    return tensor.map(t -> Long.toString(t.bytes())).orElse("-");
  }

  private static String text(Optional<MetadataValue> value) {
    return value.map(InspectCommand::text).orElse("missing");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f %%", 100 * share);
  }

  private static long elements(GgufModel model) {
    return model.tensors().stream().mapToLong(t -> t.info().elements()).sum();
  }

  private static long bytes(GgufModel model) {
    return model.tensors().stream().mapToLong(ModelTensor::bytes).sum();
  }

  private static double bitsPerWeight(GgufModel model) {
    return bytes(model) * 8.0 / Math.max(elements(model), 1);
  }

  @Override
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", modelMap(nameA, a));
    map.put("b", modelMap(nameB, b));
    List<Object> metadata = new ArrayList<>();
    for (MetadataDifference pair : MetadataDifference.between(a.metadata(), b.metadata())) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("key", pair.key());
      entry.put("a", pair.a().map(InspectCommand::jsonValue).orElse(null));
      entry.put("b", pair.b().map(InspectCommand::jsonValue).orElse(null));
      metadata.add(entry);
    }
    map.put("metadata", metadata);
    map.put("tensors", tensors.stream().map(this::tensorMap).toList());
    return map;
  }

  private static Map<String, Object> modelMap(String name, GgufModel model) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", name);
    map.put("tensors", model.tensors().size());
    map.put("elements", elements(model));
    map.put("bytes", bytes(model));
    map.put("bits_per_weight", bitsPerWeight(model));
    return map;
  }

  private Map<String, Object> tensorMap(TensorPair pair) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", pair.name());
    map.put("a", pair.a().map(ModelComparison::sideMap).orElse(null));
    map.put("b", pair.b().map(ModelComparison::sideMap).orElse(null));
    TensorDistance distance = distance(pair);
    if (distance != null) {
      map.put("identical", distance.identical());
      map.put("squared_error", distance.squaredError());
      map.put("relative_rms_error", distance.relativeRmsError());
      map.put("largest_error", distance.largestError());
    }
    return map;
  }

  private static Map<String, Object> sideMap(ModelTensor tensor) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", tensor.info().type().name());
    map.put("shape", tensor.info().dimensions());
    map.put("bytes", tensor.bytes());
    return map;
  }
}
