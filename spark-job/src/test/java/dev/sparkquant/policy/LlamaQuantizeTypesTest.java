package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    try (InputStream in =
        LlamaQuantizeTypesTest.class.getResourceAsStream("llama-quantize-types.tsv")) {
      return GoldenModel.parse(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
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
    String[] words = command.split(" ", -1);
    QuantizeOptions options = options(words);
    Scheme scheme =
        words[0].equals("COPY")
            ? Scheme.COPY
            : Scheme.of(FileType.fromName(words[0]).orElseThrow());
    List<String> names = sorted.stream().map(TensorInfo::name).toList();
    LayerPruning pruning = LayerPruning.of(options.pruneLayers(), names);
    ModelTraits traits =
        ModelTraits.of(model.metadata(), options.metadataOverrides(), names).prunedBy(pruning);
    List<TensorInfo> tensors = options.keepSplit() ? model.tensors() : sorted;
    return new TypeAssigner(scheme, options)
        .assign(model.metadata(), traits, pruning.apply(tensors));
  }

  private static QuantizeOptions options(String[] words) {
    QuantizeOptions.Builder options = QuantizeOptions.builder().allowRequantize(true);
    for (int i = 1; i < words.length; i++) {
      switch (words[i]) {
        case "--pure" -> options.pure(true);
        case "--imatrix" -> options.imatrix(true);
        case "--leave-output-tensor" -> options.leaveOutputTensor(true);
        case "--keep-split" -> options.keepSplit(true);
        case "--output-tensor-type" -> options.outputTensorType(words[++i]);
        case "--token-embedding-type" -> options.tokenEmbeddingType(words[++i]);
        case "--tensor-type" -> options.tensorType(words[++i]);
        case "--override-kv" -> options.overrideKv(words[++i]);
        case "--prune-layers" -> options.pruneLayers(words[++i]);
        default -> throw new IllegalArgumentException(words[i]);
      }
    }
    return options.build();
  }
}
