package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused and what is warned of; the types themselves are held to llama.cpp elsewhere. */
class TypeAssignerTest {
  private static final SmallModel MODEL = SmallModel.ofLayers(4);
  private static final Scheme Q4_K_M = Scheme.of(FileType.Q4_K_M);

  @Test
  void requantizesOnlyIfAllowed() {
    SmallModel quantized = MODEL.with(SmallModel.tensor("blk.0.ffn_up.weight", GgmlType.Q8_0));
    assertThatThrownBy(() -> quantized.assign(Q4_K_M))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "Cannot convert blk.0.ffn_up.weight from Q8_0 to Q4_K: it is quantized already; start"
                + " from the F16, BF16 or F32 model, or accept the loss with --allow-requantize");
    QuantizeOptions allowed = QuantizeOptions.builder().allowRequantize(true).build();
    assertThatCode(() -> quantized.assign(Q4_K_M, allowed)).doesNotThrowAnyException();
  }

  @Test
  void copiesQuantizedTensorsOfTheRightType() {
    SmallModel quantized = MODEL.with(SmallModel.tensor("blk.0.ffn_up.weight", GgmlType.Q4_K));
    assertThatCode(() -> quantized.assign(Q4_K_M)).doesNotThrowAnyException();
    assertThatCode(() -> quantized.assign(Scheme.COPY)).doesNotThrowAnyException();
  }

  @Test
  void refusesToConvertWhatHoldsNoWeights() {
    SmallModel integers = MODEL.with(SmallModel.tensor("blk.0.ids.weight", GgmlType.I32));
    assertThatThrownBy(() -> integers.assign(Q4_K_M))
        .isInstanceOf(PolicyException.class)
        .hasMessage("Cannot convert blk.0.ids.weight from I32 to Q4_K: I32 holds no weights");
  }

  @Test
  void refusesOptionsThatDoNotFit() {
    TensorInfo narrow = new TensorInfo("token_embd.weight", GgmlType.BF16, List.of(320L, 4L), 0);
    QuantizeOptions options = QuantizeOptions.builder().tokenEmbeddingType("Q6_K").build();
    assertThatThrownBy(() -> MODEL.with(narrow).assign(Q4_K_M, options))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(
            "Cannot store token_embd.weight as Q6_K (--token-embedding-type): its rows have 320");
  }

  @Test
  void asksForAnImportanceMatrixWhereTheResultWouldBeGarbage() {
    Assignments assignments = MODEL.assign(Scheme.of(FileType.Q2_K_S));
    assertThat(assignments.tensors())
        .filteredOn(Assignment::requiresImatrix)
        .extracting(Assignment::type)
        .isNotEmpty()
        .containsOnly(GgmlType.Q2_K);
    assertThatThrownBy(() -> assignments.checkImatrix(assignment -> false))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(
            "Cannot encode blk.0.attn_output.weight as Q2_K without an importance matrix entry");
    assertThatThrownBy(
            () -> assignments.checkImatrix(a -> !a.tensor().name().equals("blk.2.attn_q.weight")))
        .hasMessageStartingWith("Cannot encode blk.2.attn_q.weight as Q2_K");
    assertThatCode(() -> assignments.checkImatrix(assignment -> true)).doesNotThrowAnyException();
    Scheme renamed =
        SchemeParser.parse("s.yaml", "name: A\nbase: Q2_K_S\nfile_type: Q2_K\nrules: []\n");
    assertThat(MODEL.assign(renamed).tensors()).anyMatch(Assignment::requiresImatrix);
    assertThatCode(() -> MODEL.assign(Scheme.of(FileType.Q2_K)).checkImatrix(assignment -> false))
        .doesNotThrowAnyException();
  }

  @Test
  void warnsOfWhatLlamaQuantizeIgnoresInSilence() {
    QuantizeOptions options =
        QuantizeOptions.builder()
            .tensorType("ffn_\\D=q8_0")
            .tensorType("ffn=q8_0")
            .leaveOutputTensor(true)
            .overrideKv("llama.x=int:-3")
            .build();
    assertThat(MODEL.without("output.weight").assign(Scheme.of(FileType.BF16), options).warnings())
        .containsExactly(
            "--tensor-type 'ffn_\\d' was given with an upper-case escape; patterns are lower-cased,"
                + " as in llama-quantize, so its meaning changed",
            "--tensor-type 'ffn_\\d' matches no tensor that can be quantized",
            "--override-kv llama.x is recorded as 3, without its sign, as in llama-quantize",
            "--leave-output-tensor has no effect: the model has no output tensor",
            "--tensor-type has no effect on BF16, as in llama-quantize; a scheme file can combine"
                + " it with other types");
    assertThat(MODEL.assign(Q4_K_M).warnings()).isEmpty();
    assertThat(MODEL.assign(Scheme.COPY, QuantizeOptions.builder().pure(true).build()).warnings())
        .containsExactly(
            "--pure, --output-tensor-type and --token-embedding-type have no effect on COPY, as in"
                + " llama-quantize");
  }

  @Test
  void knowsTheSizeOfTheResult() {
    Assignments assignments = MODEL.assign(Scheme.of(FileType.Q8_0));
    assertThat(assignments.tensors().get(0).tensor().name()).isEqualTo("output.weight");
    assertThat(assignments.tensors().get(0).bytes()).isEqualTo(4 * 512 / 32 * 34);
  }
}
