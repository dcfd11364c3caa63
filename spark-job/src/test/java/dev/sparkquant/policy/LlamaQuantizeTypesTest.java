package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares with what the current llama.cpp release gives tensors, for many architectures, mixtures
 * and options; {@code llama-quantize-types.tsv} says how it was made.
 */
class LlamaQuantizeTypesTest {

  @TestFactory
  Stream<DynamicTest> givesTheTypesLlamaQuantizeGives() throws IOException {
    return models().stream()
        .map(model -> DynamicTest.dynamicTest(model.name(), () -> check(model)));
  }

  private static List<GoldenModel> models() throws IOException {
    return GoldenModel.parse(TestResource.lines("llama-quantize-types.tsv"));
  }

  private static void check(GoldenModel model) {
    assertThat(model.outcomes()).isNotEmpty();
    List<TensorInfo> sorted = new ArrayList<>(model.tensors());
    sorted.sort(Comparator.comparing(TensorInfo::name, new TensorOrder()));
    assertThat(sorted).extracting(TensorInfo::name).isEqualTo(model.order());
    for (GoldenModel.Outcome outcome : model.outcomes()) {
      if (outcome.error() == null) {
        checkTypes(model, sorted, outcome);
      } else {
        assertThatThrownBy(() -> run(model, sorted, outcome.command()))
            .as(outcome.command() + ": " + outcome.error())
            .isInstanceOf(PolicyException.class);
      }
    }
  }

  private static void checkTypes(
      GoldenModel model, List<TensorInfo> sorted, GoldenModel.Outcome outcome) {
    Assignments assignments = run(model, sorted, outcome.command());
    List<String> names = outcome.names().isEmpty() ? model.order() : outcome.names();
    boolean keepSplit = outcome.command().contains("--keep-split");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < outcome.types().size(); i++) {
      String name = keepSplit ? model.tensors().get(i).name() : names.get(i);
      expected.add(name + " " + outcome.types().get(i));
    }
    List<Assignment> actual = assignments.tensors();
    assertThat(actual.stream().map(a -> a.tensor().name() + " " + a.type()).toList())
        .as(outcome.command())
        .isEqualTo(expected);
    assertThat(actual.stream().filter(a -> a.fallbackFrom().isPresent()).count())
        .as(outcome.command() + ": fallbacks")
        .isEqualTo(outcome.fallbacks());
    assertThat(
            !outcome.command().contains("--imatrix")
                && actual.stream().anyMatch(Assignment::requiresImatrix))
        .as(outcome.command() + ": needs an importance matrix")
        .isEqualTo(outcome.needsImatrix());
  }

  private static Assignments run(GoldenModel model, List<TensorInfo> sorted, String command) {
    Command parsed = Command.parse(command);
    QuantizeOptions options = parsed.options();
    List<String> names = sorted.stream().map(TensorInfo::name).toList();
    LayerPruning pruning = LayerPruning.of(options.pruneLayers(), names);
    ModelTraits traits =
        ModelTraits.of(model.metadata(), options.metadataOverrides(), names).prunedBy(pruning);
    List<TensorInfo> tensors = options.keepSplit() ? model.tensors() : sorted;
    return new TypeAssigner(parsed.scheme(), options)
        .assign(model.metadata(), traits, pruning.apply(tensors));
  }
}
