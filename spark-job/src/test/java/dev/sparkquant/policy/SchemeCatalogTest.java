package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemeCatalogTest {
  @TempDir Path folder;
  private SchemeCatalog catalog;

  @BeforeEach
  void writeSchemes() throws IOException {
    Files.writeString(
        folder.resolve("MINE.yaml"), "name: MINE\ndescription: my own\nbase: Q4_K_M\n");
    Files.writeString(folder.resolve("BROKEN.yaml"), "name: BROKEN\nbase: Q4_K_N\n");
    Files.writeString(folder.resolve("notes.txt"), "no scheme");
    catalog = new SchemeCatalog(folder);
  }

  @Test
  void listsLlamaQuantizesTypesAndFiles() {
    assertThat(catalog.list())
        .extracting(SchemeCatalog.Entry::name)
        .containsExactly(
            "F32",
            "F16",
            "Q4_0",
            "Q4_1",
            "Q8_0",
            "Q5_0",
            "Q5_1",
            "Q2_K",
            "Q3_K_S",
            "Q3_K_M",
            "Q3_K_L",
            "Q4_K_S",
            "Q4_K_M",
            "Q5_K_S",
            "Q5_K_M",
            "Q6_K",
            "Q2_K_S",
            "IQ4_NL",
            "IQ4_XS",
            "BF16",
            "TQ1_0",
            "TQ2_0",
            "MXFP4_MOE",
            "Q1_0",
            "Q2_0",
            "COPY",
            "BROKEN",
            "MINE");
    assertThat(catalog.list())
        .filteredOn(entry -> entry.file().isPresent())
        .extracting(SchemeCatalog.Entry::description)
        .satisfiesExactly(
            broken -> assertThat(broken).contains("BROKEN.yaml:2:7: 'Q4_K_N' is no type"),
            mine -> assertThat(mine).isEqualTo("my own"));
  }

  @ParameterizedTest
  @CsvSource({
    "Q4_K_M, Q4_K_M",
    "q4_k_m, Q4_K_M",
    "Q4_K, Q4_K_M",
    "Q5_K, Q5_K_M",
    "Q3_K, Q3_K_M",
    "15, Q4_K_M",
    "bf16, BF16",
    "copy, COPY",
    "MINE, MINE",
    "mine, MINE",
  })
  void findsSchemesByName(String word, String name) {
    assertThat(catalog.resolve(word).name()).isEqualTo(name);
  }

  @Test
  void findsSchemesByPath() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("sub")).resolve("x.yml");
    Files.writeString(elsewhere, "name: X\nbase: Q8_0\n");
    assertThat(catalog.resolve(elsewhere.toString()).name()).isEqualTo("X");
    assertThatThrownBy(() -> catalog.resolve("./missing.yaml"))
        .hasMessage("Cannot read scheme ./missing.yaml: there is no such file");
  }

  @Test
  void suggestsNamesForMistypedOnes() {
    assertThatThrownBy(() -> catalog.resolve("Q4_KM"))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(
            "There is no scheme 'Q4_KM'; did you mean Q4_K_M; the schemes are F32");
    assertThatThrownBy(() -> catalog.resolve("MIEN")).hasMessageContaining("did you mean MINE");
    assertThatThrownBy(() -> catalog.resolve("something else"))
        .hasMessageStartingWith("There is no scheme 'something else'; the schemes are F32");
    assertThatThrownBy(() -> catalog.resolve("99")).hasMessageStartingWith("There is no scheme");
  }

  @Test
  void saysWhatToDoAboutTypesThatCanOnlyBeRead() {
    assertThatThrownBy(() -> catalog.resolve("IQ3_XXS"))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(
            "Cannot quantize to IQ3_XXS: it can be read but not written; choose one of F32, F16");
    assertThatThrownBy(() -> catalog.resolve("NVFP4")).hasMessageContaining("base: pure NVFP4");
  }

  @Test
  void needsTheFolderOnlyForFiles() {
    SchemeCatalog none = new SchemeCatalog(folder.resolve("nowhere"));
    assertThat(none.resolve("Q4_K_M").name()).isEqualTo("Q4_K_M");
    assertThatThrownBy(none::list)
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("no such directory");
  }
}
