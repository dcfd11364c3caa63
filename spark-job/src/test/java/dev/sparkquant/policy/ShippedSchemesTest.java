package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in {@code conf/schemes}. */
class ShippedSchemesTest {
  private static final SchemeCatalog CATALOG =
      new SchemeCatalog(Path.of(System.getProperty("sparkquant.home"), "conf", "schemes"));

  @Test
  void areAllInOrder() {
    List<SchemeCatalog.Entry> files =
        CATALOG.list().stream().filter(entry -> entry.file().isPresent()).toList();
    assertThat(files)
        .extracting(SchemeCatalog.Entry::name)
        .containsExactlyInAnyOrder(
            "IQ4_XS_XXXL",
            "Q2_K_XXXL",
            "Q3_K_XXXL",
            "Q4_K_XXXL",
            "Q5_K_XXXL",
            "Q6_K_XXXL",
            "Q8_0_XXXL");
    for (SchemeCatalog.Entry file : files) {
      assertThat(CATALOG.resolve(file.name()).name()).isEqualTo(file.name());
      assertThat(file.description()).isNotEmpty();
    }
  }

  /** As llama-quantize does it, told the layers by number. */
  @ParameterizedTest
  @CsvSource({
    "Q2_K_XXXL, Q2_K, Q2_K",
    "Q3_K_XXXL, Q3_K_M, Q3_K",
    "Q4_K_XXXL, Q4_K_M, Q4_K",
    "Q5_K_XXXL, Q5_K_M, Q5_K",
    "Q6_K_XXXL, Q6_K, Q6_K",
    "Q8_0_XXXL, Q8_0, Q8_0",
    "IQ4_XS_XXXL, IQ4_XS, IQ4_XS",
  })
  void keepAllButTheInnerFeedForwardInBf16(String name, FileType fileType, String type) {
    for (int layers : new int[] {3, 8, 33}) {
      SmallModel model =
          SmallModel.ofLayers(layers).with(SmallModel.tensor("blk.1.ssm_in.weight", GgmlType.F16));
      Assignments expected =
          model.assign(
              Scheme.of(fileType),
              QuantizeOptions.builder()
                  .outputTensorType("BF16")
                  .tokenEmbeddingType("BF16")
                  .tensorType("attn_=BF16")
                  .tensorType("blk\\.0\\.=BF16")
                  .tensorType("blk\\." + (layers - 1) + "\\.=BF16")
                  .tensorType("ffn_=" + type)
                  .build());
      Assignments actual = model.assign(CATALOG.resolve(name));
      assertThat(actual.tensors())
          .extracting(a -> a.tensor().name() + " " + a.type())
          .containsExactlyElementsOf(
              expected.tensors().stream().map(a -> a.tensor().name() + " " + a.type()).toList());
      assertThat(actual.fileType()).isEqualTo(expected.fileType());
      assertThat(actual.warnings()).isEmpty();
    }
  }

  @Test
  void suitModelsWithTiedEmbeddings() {
    SmallModel tied = SmallModel.ofLayers(4).without("output.weight");
    assertThat(tied.assign(CATALOG.resolve("Q4_K_XXXL")).tensors())
        .filteredOn(a -> a.tensor().name().equals("token_embd.weight"))
        .extracting(Assignment::type)
        .containsExactly(GgmlType.BF16);
  }
}
