package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorOrder;
import dev.sparkquant.gguf.imatrix.ImportanceMatrix;
import dev.sparkquant.policy.Assignment;
import dev.sparkquant.policy.Assignments;
import dev.sparkquant.policy.LayerPruning;
import dev.sparkquant.policy.MetadataOverride;
import dev.sparkquant.policy.ModelTraits;
import dev.sparkquant.policy.OutputMetadata;
import dev.sparkquant.policy.QuantizeOptions;
import dev.sparkquant.policy.Scheme;
import dev.sparkquant.policy.TypeAssigner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One scheme applied to one model: its types, its metadata, and the importance values its encoders
 * get, as {@code llama_model_quantize_impl} arrives at them.
 *
 * @param request what is to be written
 * @param assignments in the order of the output
 * @param importance values by index of the model's tensors, for those that are encoded
 * @param covered names in the output of the tensors that {@code importance} has values for
 */
public record SchemePlan(
    OutputRequest request,
    Assignments assignments,
    Map<Integer, float[]> importance,
    Set<String> covered) {

  /**
   * Applies a scheme.
   *
   * @param output path of the file to write
   * @throws PlanException if the importance matrix does not fit the model
   * @throws dev.sparkquant.policy.PolicyException if the scheme or an option does not
   */
  public static SchemePlan of(
      GgufModel model,
      Scheme scheme,
      QuantizeOptions options,
      Optional<ImportanceMatrix> imatrix,
      String output)
      throws PlanException {
    List<Integer> order = processingOrder(model, options.keepSplit());
    List<TensorInfo> sorted = new ArrayList<>();
    model.tensors().stream()
        .map(ModelTensor::info)
        .sorted(Comparator.comparing(TensorInfo::name, new TensorOrder()))
        .forEach(sorted::add);
    LayerPruning pruning =
        LayerPruning.of(options.pruneLayers(), sorted.stream().map(TensorInfo::name).toList());
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < model.tensors().size(); i++) {
      indexes.put(model.tensors().get(i).name(), i);
    }
    List<TensorInfo> staying =
        pruning.survivors(order.stream().map(i -> model.tensors().get(i).info()).toList());

    ModelTraits traits =
        ModelTraits.of(model.metadata(), options.metadataOverrides(), indexes.keySet())
            .prunedBy(pruning);
    Metadata overridden = MetadataOverride.applyAll(options.metadataOverrides(), model.metadata());
    Assignments assignments =
        new TypeAssigner(scheme, options).assign(overridden, traits, pruning.apply(staying));
    List<OutputRequest.Wanted> wanted = new ArrayList<>();
    Map<Integer, float[]> importance = new HashMap<>();
    Set<String> covered = new HashSet<>();
    for (int i = 0; i < staying.size(); i++) {
      Assignment assignment = assignments.tensors().get(i);
      int source = indexes.get(staying.get(i).name());
      wanted.add(new OutputRequest.Wanted(source, assignment.tensor().name(), assignment.type()));
      if (assignment.isConverted() && imatrix.isPresent()) {
        float[] values = importanceOf(staying.get(i), imatrix.get());
        if (values != null) {
          importance.put(source, values);
          covered.add(assignment.tensor().name());
        }
      }
    }
    Metadata metadata =
        OutputMetadata.of(
            model.metadata(),
            assignments.fileType(),
            options.metadataOverrides(),
            imatrix.map(ImportanceMatrix::toMetadata).orElse(Map.of()),
            pruning,
            traits);
    return new SchemePlan(
        new OutputRequest(scheme.name(), output, metadata, wanted, options.keepSplit()),
        assignments,
        importance,
        covered);
  }

  /** Whether the importance matrix has values for a tensor, given under its name in the output. */
  public boolean isCovered(String tensor) {
    return covered.contains(tensor);
  }

  /**
   * Refuses to encode tensors that need an importance matrix without one.
   *
   * @throws dev.sparkquant.policy.PolicyException naming the first such tensor
   */
  public void requireImportance() {
    assignments.checkImatrix(assignment -> isCovered(assignment.tensor().name()));
  }

  private static List<Integer> processingOrder(GgufModel model, boolean keepSplit) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < model.tensors().size(); i++) {
      order.add(i);
    }
    Comparator<Integer> byName =
        Comparator.comparing(i -> model.tensors().get(i).name(), new TensorOrder());
    Comparator<Integer> byPlace =
        Comparator.comparingInt((Integer i) -> model.tensors().get(i).shard())
            .thenComparingLong(i -> model.tensors().get(i).position());
    order.sort(keepSplit ? byPlace : byName);
    return order;
  }

  private static float[] importanceOf(TensorInfo tensor, ImportanceMatrix imatrix)
      throws PlanException {
    float[] values = imatrix.values().get(tensor.name());
    long expected = tensor.rowLength() * tensor.dimension(2);
    if (values == null || values.length == expected) {
      return values;
    }
    // An importance matrix has no use for token embeddings: their entry may have any size.
    if (tensor.name().equals("token_embd.weight")
        || tensor.name().equals("per_layer_token_embd.weight")) {
      return null;
    }
    throw new PlanException(
        String.format(
            "Cannot use importance matrix %s: its entry for %s has %d values, but the tensor needs"
                + " %d; it was made for another model",
            imatrix.file(), tensor.name(), values.length, expected));
  }
}
