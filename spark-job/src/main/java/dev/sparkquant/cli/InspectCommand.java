package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgufHeader;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.MetadataType;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: what a GGUF file's header says. */
@Command(
    name = "inspect",
    description = {
      "Shows a GGUF file's header, metadata and tensors.",
      "Reads no tensor data, so it is quick whatever the file's size."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  sparkquant inspect model.gguf --json"})
final class InspectCommand implements Callable<Integer> {
  private static final int LONGEST_VALUE = 60;
  private static final int ELEMENTS_SHOWN = 5;

  @Parameters(
      paramLabel = "FILE.gguf",
      description = "The file, or the first shard of a split model.")
  private String file;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    GgufModel model = GgufModel.open(file, SparkContexts.storage());
    if (json) {
      Json.print(asMap(model));
    } else {
      print(model);
    }
    return ExitCodes.OK;
  }

  private static void print(GgufModel model) {
    for (ModelShard shard : model.shards()) {
      GgufHeader header = shard.header();
      System.out.printf(
          "%s: GGUF version %d, %s, alignment %d, %d tensors, data from byte %d%n",
          PrintableText.of(shard.name(), 2000),
          header.version(),
          byteOrder(header),
          header.alignment(),
          header.tensors().size(),
          header.dataOffset());
    }
    long elements = model.tensors().stream().mapToLong(t -> t.info().elements()).sum();
    long bytes = model.tensors().stream().mapToLong(ModelTensor::bytes).sum();
    System.out.printf(
        Locale.ROOT,
        "%s weights in %s: %.2f bits a weight%n%n",
        Numbers.count(elements),
        Numbers.bytes(bytes),
        bytes * 8.0 / Math.max(elements, 1));

    TextTable metadata = new TextTable(3, "METADATA", "TYPE", "VALUE");
    model
        .metadata()
        .pairs()
        .forEach((key, value) -> metadata.row(PrintableText.of(key, 80), type(value), text(value)));
    System.out.println(metadata);

    TextTable tensors = new TextTable(3, "TENSOR", "TYPE", "SHAPE", "BYTES", "POSITION");
    for (ModelTensor tensor : model.tensors()) {
      tensors.row(
          PrintableText.of(tensor.name(), 80),
          tensor.info().type().name(),
          shape(tensor.info()),
          Long.toString(tensor.bytes()),
          Long.toString(tensor.position()));
    }
    System.out.print(tensors);
  }

  private static Map<String, Object> asMap(GgufModel model) {
    Map<String, Object> map = new LinkedHashMap<>();
    List<Object> shards = new ArrayList<>();
    for (ModelShard shard : model.shards()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("file", shard.name());
      entry.put("version", shard.header().version());
      entry.put("byte_order", byteOrder(shard.header()));
      entry.put("alignment", shard.header().alignment());
      entry.put("data_offset", shard.header().dataOffset());
      entry.put("tensors", shard.header().tensors().size());
      shards.add(entry);
    }
    map.put("shards", shards);
    Map<String, Object> metadata = new LinkedHashMap<>();
    model.metadata().pairs().forEach((key, value) -> metadata.put(key, jsonValue(value)));
    map.put("metadata", metadata);
    List<Object> tensors = new ArrayList<>();
    Map<String, Long> bytesByType = new TreeMap<>();
    for (ModelTensor tensor : model.tensors()) {
      TensorInfo info = tensor.info();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", tensor.name());
      entry.put("type", info.type().name());
      entry.put("shape", info.dimensions());
      entry.put("bytes", tensor.bytes());
      entry.put("shard", tensor.shard());
      entry.put("position", tensor.position());
      tensors.add(entry);
      bytesByType.merge(info.type().name(), tensor.bytes(), Long::sum);
    }
    map.put("bytes_by_type", bytesByType);
    map.put("tensors", tensors);
    return map;
  }

  private static String byteOrder(GgufHeader header) {
    return header.byteOrder() == java.nio.ByteOrder.BIG_ENDIAN ? "big-endian" : "little-endian";
  }

  static String shape(TensorInfo info) {
    return info.dimensions().stream().map(Object::toString).collect(Collectors.joining(" x "));
  }

  private static String type(MetadataValue value) {
    String name = value.type().name().toLowerCase(Locale.ROOT);
    return value.type() == MetadataType.ARRAY
        ? value.elementType().name().toLowerCase(Locale.ROOT) + "[" + value.count() + "]"
        : name;
  }

  static String text(MetadataValue value) {
    if (value.type() != MetadataType.ARRAY) {
      return PrintableText.of(value.toString(), LONGEST_VALUE);
    }
    String shown =
        value.elements().stream()
            .limit(ELEMENTS_SHOWN)
            .map(MetadataValue::toString)
            .collect(Collectors.joining(", "));
    String more = value.count() > ELEMENTS_SHOWN ? ", ..." : "";
    return PrintableText.of(shown + more, LONGEST_VALUE);
  }

  static Object jsonValue(MetadataValue value) {
    return switch (value.type()) {
      case STRING -> value.asString();
      case BOOL -> value.asBool();
      case FLOAT32, FLOAT64 -> value.asDouble();
      case ARRAY -> value.elements().stream().map(InspectCommand::jsonValue).toList();
      case UINT64 -> new java.math.BigInteger(Long.toUnsignedString(value.asLong()));
      default -> value.asLong();
    };
  }
}
