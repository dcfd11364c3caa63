package dev.sparkquant.cli;

import dev.sparkquant.encode.SourceBytes;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.imatrix.ImportanceMatrix;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.plan.Planner;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.SchemePlan;
import dev.sparkquant.policy.Assignment;
import dev.sparkquant.policy.PolicyException;
import dev.sparkquant.policy.QuantizeOptions;
import dev.sparkquant.policy.Scheme;
import dev.sparkquant.policy.SchemeCatalog;
import dev.sparkquant.policy.SchemeParser;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run ready to start: headers read, types assigned, offsets and slices known.
 *
 * @param schemes that are to be carried out, in the order asked for
 * @param failures of those that cannot be
 * @param plan of all schemes together
 */
record Preparation(
    GgufModel model, List<SchemeOutput> schemes, List<SchemeFailure> failures, QuantizePlan plan) {

  Preparation {
    schemes = List.copyOf(schemes);
    failures = List.copyOf(failures);
  }

  /**
   * Prepares all schemes together. What is wrong with one scheme does not hinder the others.
   *
   * @param asked names or files of schemes
   * @param dryRun whether a scheme may lack the importance matrix that it needs
   * @throws PlanException if two schemes have the same name or output
   */
  static Preparation of(
      ModelArguments arguments,
      List<String> asked,
      OutputNaming naming,
      boolean dryRun,
      Storage storage)
      throws IOException, PlanException {
    Optional<ImportanceMatrix> imatrix = arguments.readImatrix(storage);
    QuantizeOptions options = arguments.options(storage, imatrix);
    GgufModel model = GgufModel.open(Storage.absolute(arguments.input), storage);
    SchemeCatalog catalog = new SchemeCatalog(Home.schemes());
    Planner planner = new Planner(model);
    List<SchemeOutput> schemes = new ArrayList<>();
    List<SchemeFailure> failures = new ArrayList<>();
    for (String name : asked) {
      try {
        Resolved resolved = resolve(name, catalog, storage);
        Scheme scheme = resolved.scheme();
        String path = OutputPaths.resolve(naming.path(scheme), storage);
        SchemePlan plan = SchemePlan.of(model, scheme, options, imatrix, path);
        planner.check(plan.request());
        if (!dryRun) {
          plan.requireImportance();
        }
        schemes.add(new SchemeOutput(name, scheme, resolved.definition(), plan, path));
      } catch (PolicyException | PlanException e) {
        failures.add(new SchemeFailure(name, e.getMessage()));
      }
    }
    requireDifferent(schemes);
    QuantizePlan plan =
        planner.plan(schemes.stream().map(scheme -> scheme.plan().request()).toList());
    SourceBytes.requireByteOrder(plan.tensors());
    return new Preparation(model, schemes, failures, plan);
  }

  /**
   * Prepares one scheme.
   *
   * @param dryRun whether it may lack the importance matrix that it needs
   * @throws PlanException if it cannot be carried out
   */
  static Preparation of(
      ModelArguments arguments, String scheme, String output, boolean dryRun, Storage storage)
      throws IOException, PlanException {
    // Whoever names a place where nothing can be written should hear of that first.
    String path = OutputPaths.resolve(output, storage);
    Preparation prepared = of(arguments, List.of(scheme), any -> path, dryRun, storage);
    if (!prepared.failures().isEmpty()) {
      throw new PlanException(prepared.failures().get(0).reason());
    }
    return prepared;
  }

  /**
   * A scheme and the text that defines it.
   *
   * @param definition null for one of llama-quantize's own
   */
  private record Resolved(Scheme scheme, String definition) {}

  private static Resolved resolve(String name, SchemeCatalog catalog, Storage storage)
      throws IOException {
    if (Storage.localPath(name).isEmpty()) {
      String text = ModelArguments.readText(storage, name);
      return new Resolved(SchemeParser.parse(name, text), text);
    }
    Scheme scheme = catalog.resolve(name);
    Optional<Path> file = catalog.file(name);
    return new Resolved(scheme, file.isPresent() ? Files.readString(file.get()) : null);
  }

  private static void requireDifferent(List<SchemeOutput> schemes) throws PlanException {
    Map<String, SchemeOutput> byName = new HashMap<>();
    Map<String, SchemeOutput> byPath = new HashMap<>();
    for (SchemeOutput scheme : schemes) {
      SchemeOutput namesake = byName.putIfAbsent(scheme.key(), scheme);
      if (namesake != null) {
        throw new PlanException(
            String.format(
                "Cannot tell schemes apart: %s and %s are both named %s; leave one out, or rename"
                    + " it in its file",
                namesake.asked(), scheme.asked(), scheme.name()));
      }
      SchemeOutput other = byPath.putIfAbsent(scheme.path(), scheme);
      if (other != null) {
        throw new PlanException(
            String.format(
                "Cannot write both %s and %s to %s; use {scheme} in --name",
                other.asked(), scheme.asked(), scheme.path()));
      }
    }
  }

  /** Where the files are to stand in the end. */
  List<String> outputs() {
    return plan.outputs().stream().map(OutputFile::path).toList();
  }

  /** The files of one scheme, the first shard first. */
  List<OutputFile> outputsOf(SchemeOutput scheme) {
    return plan.outputs().stream().filter(file -> file.scheme().equals(scheme.name())).toList();
  }

  List<String> inputs() {
    return model.shards().stream().map(ModelShard::name).toList();
  }

  /** Elements that would be encoded if each scheme were carried out on its own. */
  long weightsOneByOne() {
    return schemes.stream()
        .flatMap(scheme -> scheme.plan().assignments().tensors().stream())
        .filter(Assignment::isConverted)
        .mapToLong(assignment -> assignment.tensor().elements())
        .sum();
  }

  /** The importance matrix's values by source tensor, for those that some scheme encodes. */
  Map<Integer, float[]> importance() {
    Map<Integer, float[]> importance = new HashMap<>();
    schemes.forEach(scheme -> importance.putAll(scheme.plan().importance()));
    return importance;
  }
}
