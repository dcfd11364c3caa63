package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules of scheme files do to a model. */
class SchemeAssignmentTest {
  private static final SmallModel MODEL = SmallModel.ofLayers(8);

  @Test
  void takesTheFirstRuleThatMatches() {
    Map<String, GgmlType> types =
        types(
            MODEL,
            """
            - {role: attention_v, layers: [0, last], type: F16}
            - {role: attention, layers: 0-2, type: Q8_0}
            - {role: attention, type: Q6_K}
            """);
    assertThat(types)
        .containsEntry("blk.0.attn_v.weight", GgmlType.F16)
        .containsEntry("blk.0.attn_q.weight", GgmlType.Q8_0)
        .containsEntry("blk.2.attn_v.weight", GgmlType.Q8_0)
        .containsEntry("blk.3.attn_v.weight", GgmlType.Q6_K)
        .containsEntry("blk.7.attn_v.weight", GgmlType.F16)
        .containsEntry("blk.7.attn_q.weight", GgmlType.Q6_K)
        .containsEntry("blk.7.ffn_up.weight", GgmlType.Q4_K)
        .containsEntry("blk.7.attn_norm.weight", GgmlType.F32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "first; 0",
        "last; 7",
        "3; 3",
        "-1; 7",
        "-8; 0",
        "0-2; 0 1 2",
        "5-last; 5 6 7",
        "first-1; 0 1",
        "-2-last; 6 7",
        "-3--2; 5 6",
        "4--3; 4 5",
        "first-last; 0 1 2 3 4 5 6 7",
      })
  void countsLayers(String layers, String expected) {
    String found =
        types(MODEL, "- {layers: '" + layers + "', role: ffn_up, type: Q8_0}").entrySet().stream()
            .filter(entry -> entry.getValue() == GgmlType.Q8_0)
            .map(entry -> entry.getKey().split("\\.", -1)[1])
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void doesNotCountLayersForPrediction() {
    List<MetadataText.Pair> pairs =
        List.of(
            new MetadataText.Pair("general.architecture", "str", "glm4moe"),
            new MetadataText.Pair("glm4moe.block_count", "u32", "8"),
            new MetadataText.Pair("glm4moe.nextn_predict_layers", "u32", "1"));
    SmallModel model = new SmallModel(MetadataText.of(pairs), MODEL.tensors());
    assertThat(types(model, "- {layers: last, type: Q8_0}"))
        .containsEntry("blk.6.ffn_up.weight", GgmlType.Q8_0)
        .containsEntry("blk.7.ffn_up.weight", GgmlType.Q4_K);
    assertThat(types(model, "- {layers: 7, type: Q8_0}"))
        .containsEntry("blk.7.ffn_up.weight", GgmlType.Q8_0);
  }

  @Test
  void countsLayersAfterPruning() {
    QuantizeOptions options = QuantizeOptions.builder().pruneLayers("0,7").build();
    List<String> names = MODEL.tensors().stream().map(TensorInfo::name).toList();
    LayerPruning pruning = LayerPruning.of(options.pruneLayers(), names);
    ModelTraits traits = ModelTraits.of(MODEL.metadata(), List.of(), names).prunedBy(pruning);
    Scheme scheme = scheme("- {layers: last, role: ffn_up, type: Q8_0}");
    Assignments assignments =
        new TypeAssigner(scheme, options)
            .assign(MODEL.metadata(), traits, pruning.apply(MODEL.tensors()));
    assertThat(assignments.tensors())
        .filteredOn(a -> a.type() == GgmlType.Q8_0)
        .extracting(a -> a.tensor().name())
        .containsExactly("blk.5.ffn_up.weight");
  }

  @Test
  void asksTheMixtureOnlyWhereNoRuleMatches() {
    // As --tensor-type does in llama-quantize: the third ffn_down that is asked for is layer 3's.
    Map<String, GgmlType> types = types(MODEL, "- {name: 'blk\\.1\\.ffn_down', type: F16}");
    Map<String, GgmlType> llama =
        byName(
            MODEL.assign(
                Scheme.of(FileType.Q4_K_M),
                QuantizeOptions.builder().tensorType("blk\\.1\\.ffn_down=f16").build()));
    assertThat(types).isEqualTo(llama);
    assertThat(types).isNotEqualTo(byName(MODEL.assign(Scheme.of(FileType.Q4_K_M))));
  }

  @Test
  void givesOptionsPrecedenceOverRules() {
    Scheme scheme = scheme("- {role: [token_embedding, output, ffn], type: Q8_0}");
    QuantizeOptions options =
        QuantizeOptions.builder()
            .tokenEmbeddingType("F16")
            .outputTensorType("Q5_0")
            .tensorType("blk\\.0\\.=q6_k")
            .build();
    assertThat(byName(MODEL.assign(scheme, options)))
        .containsEntry("token_embd.weight", GgmlType.F16)
        .containsEntry("output.weight", GgmlType.Q5_0)
        .containsEntry("blk.0.ffn_up.weight", GgmlType.Q6_K)
        .containsEntry("blk.1.ffn_up.weight", GgmlType.Q8_0);
  }

  @Test
  void obeysRulesAndOptionsOnAnUnquantizedBase() {
    Scheme scheme =
        SchemeParser.parse("s.yaml", "name: A\nbase: BF16\nrules: [{role: ffn_up, type: Q8_0}]\n");
    QuantizeOptions options = QuantizeOptions.builder().tensorType("ffn_down=q6_k").build();
    Assignments assignments = MODEL.assign(scheme, options);
    assertThat(byName(assignments))
        .containsEntry("blk.0.ffn_up.weight", GgmlType.Q8_0)
        .containsEntry("blk.0.ffn_down.weight", GgmlType.Q6_K)
        .containsEntry("blk.0.attn_q.weight", GgmlType.BF16);
    assertThat(assignments.warnings()).isEmpty();
  }

  @Test
  void changesOnlyWhatRulesSayOnACopy() {
    Scheme scheme =
        SchemeParser.parse("s.yaml", "name: A\nbase: COPY\nrules: [{role: ffn_up, type: Q8_0}]\n");
    Assignments assignments = MODEL.assign(scheme);
    assertThat(assignments.tensors())
        .filteredOn(Assignment::isConverted)
        .extracting(a -> a.tensor().name())
        .hasSize(8)
        .allMatch(name -> name.endsWith("ffn_up.weight"));
    assertThat(assignments.fileType()).isEqualTo(1024 + FileType.BF16.id());
  }

  @Test
  void substitutesOrRefusesWhatDoesNotFit() {
    TensorInfo narrow = new TensorInfo("blk.3.ffn_up.weight", GgmlType.BF16, List.of(96L, 4L), 0);
    SmallModel model = MODEL.with(narrow);
    String rules = "rules: [{role: ffn, type: Q4_K}]\n";
    Scheme lenient = SchemeParser.parse("s.yaml", "name: A\nbase: Q4_K_M\n" + rules);
    Assignment substituted =
        model.assign(lenient).tensors().stream()
            .filter(a -> a.tensor().equals(narrow))
            .findFirst()
            .orElseThrow();
    assertThat(substituted.type()).isEqualTo(GgmlType.Q5_0);
    assertThat(substituted.fallbackFrom()).isEqualTo(Optional.of(GgmlType.Q4_K));

    Scheme strict =
        SchemeParser.parse("s.yaml", "name: A\nbase: Q4_K_M\nfallback: strict\n" + rules);
    assertThatThrownBy(() -> model.assign(strict))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "Cannot store blk.3.ffn_up.weight as Q4_K (rule role ffn): its rows have 96 elements"
                + " and blocks hold 256; choose another type for it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{role: experts, type: Q8_0} | the rule matches no tensor of this model",
        "{name: nothing, type: Q8_0} | the rule matches no tensor of this model",
        "'{role: ffn, name: attn, type: Q8_0}' | the rule matches no tensor of this model",
        "{role: norm, type: Q8_0} | the rule matches only tensors that are never quantized, such as"
            + " blk.0.attn_norm.weight",
        "{layers: 8, type: Q8_0} | layers '8' are out of range: the model has 8 layers",
        "'{layers: 0-8, type: Q8_0}' | layers '0-8' are out of range: the model has 8 layers",
        "{layers: -9, type: Q8_0} | layers '-9' are out of range: the model has 8 layers",
        "'{layers: 5--5, type: Q8_0}' | layers '5--5' end before they start",
      })
  void refusesRulesThatDoNotSuitTheModel(String rule, String message) {
    assertThatThrownBy(() -> MODEL.assign(scheme("- " + rule)))
        .isInstanceOf(PolicyException.class)
        .hasMessage("s.yaml:4:3: " + message);
  }

  @Test
  void warnsOfRulesThatAreNeverReached() {
    Assignments assignments =
        MODEL.assign(scheme("- {role: ffn, type: Q8_0}\n- {role: ffn_up, type: Q6_K}"));
    assertThat(assignments.warnings())
        .containsExactly(
            "s.yaml:5:3: the rule has no effect: rules before it match all its tensors");
  }

  @Test
  void saysWhy() {
    Assignments assignments = MODEL.assign(scheme("- {role: ffn, layers: first, type: Q8_0}"));
    assertThat(assignments.tensors())
        .extracting(a -> a.tensor().name() + ": " + a.reason())
        .contains(
            "blk.0.ffn_up.weight: rule role ffn, layers first",
            "blk.1.ffn_up.weight: mixture Q4_K_M",
            "blk.1.attn_norm.weight: never quantized");
  }

  private static Scheme scheme(String rules) {
    return SchemeParser.parse("s.yaml", "name: A\nbase: Q4_K_M\nrules:\n" + rules.strip() + "\n");
  }

  private static Map<String, GgmlType> types(SmallModel model, String rules) {
    return byName(model.assign(scheme(rules)));
  }

  private static Map<String, GgmlType> byName(Assignments assignments) {
    return assignments.tensors().stream()
        .collect(Collectors.toMap(a -> a.tensor().name(), Assignment::type));
  }
}
