package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelShard;
import dev.sparkquant.gguf.imatrix.ImportanceMatrix;
import dev.sparkquant.plan.OutputFile;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.plan.Planner;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.SchemePlan;
import dev.sparkquant.policy.QuantizeOptions;
import dev.sparkquant.policy.Scheme;
import dev.sparkquant.policy.SchemeCatalog;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run ready to start: headers read, types assigned, offsets and slices known.
 *
 * @param output absolute path of the output as asked for; shards take their names from it
 */
record Preparation(GgufModel model, SchemePlan schemePlan, QuantizePlan plan, String output) {

  static Preparation of(ModelArguments arguments, String output, Storage storage)
      throws IOException, PlanException {
    String path = OutputPaths.resolve(output);
    Optional<ImportanceMatrix> imatrix = arguments.readImatrix(storage);
    QuantizeOptions options = arguments.options(storage, imatrix);
    Scheme scheme = new SchemeCatalog(Home.schemes()).resolve(arguments.scheme);
    GgufModel model = GgufModel.open(Storage.absolute(arguments.input), storage);
    SchemePlan schemePlan = SchemePlan.of(model, scheme, options, imatrix, path);
    QuantizePlan plan = new Planner(model).plan(List.of(schemePlan.request()));
    return new Preparation(model, schemePlan, plan, path);
  }

  /** Where the files are to stand in the end. */
  List<String> outputs() {
    return plan.outputs().stream().map(OutputFile::path).toList();
  }

  List<String> inputs() {
    return model.shards().stream().map(ModelShard::name).toList();
  }

  List<String> warnings() {
    return schemePlan.assignments().warnings();
  }

  Map<Integer, float[]> importance() {
    return schemePlan.importance();
  }
}
