package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.policy.Assignment;
import dev.sparkquant.policy.Assignments;
import dev.sparkquant.policy.TensorRole;
import dev.sparkquant.report.Numbers;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: a dry run of {@code quantize}. */
@Command(
    name = "plan",
    description = {
      "Shows what quantize would do, and writes nothing.",
      "What each tensor becomes and why, sizes, what falls back to another type, what needs an"
          + " importance matrix."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {"", "Example:", "  sparkquant plan -i model-bf16.gguf -s Q4_K_XXXL"})
final class PlanCommand implements Callable<Integer> {
  @Mixin private SchemeArgument scheme;

  @Mixin private ModelArguments arguments;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.gguf",
      description = "As for quantize: complains if it could not be written under that name.")
  private String output;

  @Option(names = "--overwrite", description = "As for quantize.")
  private boolean overwrite;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException, PlanException {
    String path = output == null ? "out.gguf" : output;
    Storage storage = SparkContexts.storage();
    Preparation prepared = Preparation.of(arguments, scheme.name, path, true, storage);
    if (output != null) {
      OutputPaths.require(prepared.outputs(), prepared.inputs(), overwrite, storage);
    }
    SchemeOutput result = prepared.schemes().get(0);
    result
        .warnings()
        .forEach(warning -> System.err.println("sparkquant: " + PrintableText.of(warning, 2000)));
    if (json) {
      Json.print(asMap(prepared, result));
    } else {
      print(prepared, result);
    }
    return ExitCodes.OK;
  }

  private static void print(Preparation prepared, SchemeOutput result) {
    Assignments assignments = result.plan().assignments();
    TextTable table =
        new TextTable(6, "TENSOR", "SHAPE", "FROM", "TO", "WHY", "NOTE", "BYTES", "BITS/W");
    for (Assignment assignment : assignments.tensors()) {
      table.row(
          PrintableText.of(assignment.tensor().name(), 80),
          InspectCommand.shape(assignment.tensor()),
          assignment.tensor().type().name(),
          assignment.type().name(),
          PrintableText.of(assignment.reason().toString(), 40),
          note(result, assignment),
          Long.toString(assignment.bytes()),
          bitsPerWeight(assignment.bytes(), assignment.tensor().elements()));
    }
    System.out.println(table);

    TextTable sums = new TextTable(1, "TYPE", "TENSORS", "WEIGHTS", "SIZE", "BITS/W");
    Map<GgmlType, long[]> byType = byType(assignments);
    byType.forEach((type, sum) -> sums.row(sumRow(type.name(), sum)));
    long[] all = new long[3];
    byType.values().forEach(sum -> addTo(all, sum));
    sums.row(sumRow("all", all));
    System.out.println(sums);
    for (OutputFile file : prepared.plan().outputs()) {
      System.out.printf(
          "%s: %d bytes (%s), general.file_type %d%n",
          PrintableText.of(file.path(), 2000),
          file.length(),
          Numbers.bytes(file.length()),
          assignments.fileType());
    }
  }

  private static String note(SchemeOutput result, Assignment assignment) {
    List<String> notes = new ArrayList<>();
    assignment.fallbackFrom().ifPresent(type -> notes.add("falls back from " + type));
    if (assignment.requiresImatrix()) {
      notes.add(
          result.plan().isCovered(assignment.tensor().name()) ? "uses imatrix" : "NEEDS IMATRIX");
    }
    return String.join(", ", notes);
  }

  private static Map<GgmlType, long[]> byType(Assignments assignments) {
    Map<GgmlType, long[]> sums = new TreeMap<>();
    for (Assignment assignment : assignments.tensors()) {
      addTo(
          sums.computeIfAbsent(assignment.type(), type -> new long[3]),
          new long[] {1, assignment.tensor().elements(), assignment.bytes()});
    }
    return sums;
  }

  private static void addTo(long[] sum, long[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static String[] sumRow(String name, long[] sum) {
    return new String[] {
      name,
      Long.toString(sum[0]),
      Numbers.count(sum[1]),
      Numbers.bytes(sum[2]),
      bitsPerWeight(sum[2], sum[1])
    };
  }

  private static String bitsPerWeight(long bytes, long elements) {
    return String.format(Locale.ROOT, "%.3f", bytes * 8.0 / Math.max(elements, 1));
  }

  private static Map<String, Object> asMap(Preparation prepared, SchemeOutput result) {
    Assignments assignments = result.plan().assignments();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scheme", result.name());
    map.put("file_type", assignments.fileType());
    map.put("warnings", assignments.warnings());
    List<Object> files = new ArrayList<>();
    for (OutputFile file : prepared.plan().outputs()) {
      files.add(Map.of("path", file.path(), "bytes", file.length()));
    }
    map.put("files", files);
    List<Object> tensors = new ArrayList<>();
    for (Assignment assignment : assignments.tensors()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", assignment.tensor().name());
      entry.put("role", TensorRole.of(assignment.tensor().name()).label());
      entry.put("shape", assignment.tensor().dimensions());
      entry.put("source_type", assignment.tensor().type().name());
      entry.put("target_type", assignment.type().name());
      entry.put("reason", assignment.reason().toString());
      entry.put("fallback_from", assignment.fallbackFrom().map(GgmlType::name).orElse(null));
      entry.put("requires_imatrix", assignment.requiresImatrix());
      entry.put("has_imatrix", result.plan().isCovered(assignment.tensor().name()));
      entry.put("bytes", assignment.bytes());
      tensors.add(entry);
    }
    map.put("tensors", tensors);
    return map;
  }
}
