package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.gguf.io.LocalFileOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in models and schemes that would control a terminal, or leave their folder. */
class HostileTextTest {
  /** Clears a terminal in two ways, sets its title, turns the text around. */
  private static final String HOSTILE = "a\u001b[2J\u009b2J\u001b]0;x\u0007\u202eb\nc";

  private static final String HOSTILE_IN_YAML = "\"a\\e[2J\\x9b2J\\u202eb\"";

  @TempDir private Path folder;
  private String model;

  @BeforeEach
  void writeModel() throws IOException {
    Metadata metadata =
        Metadata.empty()
            .with("general.architecture", MetadataValue.ofString("llama"))
            .with("general.name", MetadataValue.ofString(HOSTILE))
            .with(HOSTILE, MetadataValue.ofStrings(List.of(HOSTILE)));
    TensorLayout layout =
        TensorLayout.of(
            List.of(new TensorInfo(HOSTILE + ".weight", GgmlType.F32, List.of(256L, 4L), 0)), 32);
    byte[] header = GgufWriter.header(metadata, layout.tensors());
    Path file = folder.resolve("model.gguf");
    try (LocalFileOutput out = LocalFileOutput.create(file)) {
      out.write(0, header, 0, header.length);
      out.write(header.length + layout.dataBytes() - 1, new byte[1], 0, 1);
    }
    model = file.toString();
  }

  private String scheme(String text) throws IOException {
    return Files.writeString(folder.resolve("s.yaml"), text).toString();
  }

  private static String printed(CommandResult result) {
    return result.out() + result.err();
  }

  private static void assertHarmless(String text) {
    assertThat(text.codePoints().filter(c -> c != '\n'))
        .isNotEmpty()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  @Test
  void namesOfAModelDoNotControlTheTerminal() {
    assertHarmless(printed(CommandResult.of("inspect", model)));
    assertHarmless(printed(CommandResult.of("plan", "-i", model, "-s", "Q8_0")));
    assertHarmless(printed(CommandResult.of("compare", model, model)));
    assertHarmless(printed(CommandResult.of("verify", model)));
  }

  @Test
  void jsonCarriesThemWhole() throws IOException {
    CommandResult result = CommandResult.of("inspect", model, "--json");

    assertHarmless(result.out());
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.at("/tensors/0/name").asText()).isEqualTo(HOSTILE + ".weight");
    assertThat(json.at("/metadata/general.name").asText()).isEqualTo(HOSTILE);
  }

  @Test
  void namesOfASchemeDoNotControlTheTerminal() throws IOException {
    String file =
        scheme(
            "name: "
                + HOSTILE_IN_YAML
                + "\ndescription: "
                + HOSTILE_IN_YAML
                + "\nbase: Q8_0\nrules:\n- {name: \".*\\e*\", type: Q4_0}\n"
                + "- {name: \".\\e*\", type: Q5_0}\n");

    assertHarmless(printed(CommandResult.of("schemes", file)));
    CommandResult plan = CommandResult.of("plan", "-i", model, "-s", file);
    assertHarmless(printed(plan));
    assertThat(plan.exitCode()).as(plan.err()).isZero();
  }

  @Test
  void aSchemesNameCannotLeaveTheOutputFolder() throws IOException {
    for (String name : List.of("../../x", "..", "a\\\\b", "a/b", "\\e[2J", "\\0")) {
      String file = scheme("name: \"" + name + "\"\nbase: Q8_0\n");
      String out = folder.resolve("out").toString();

      CommandResult result =
          CommandResult.of(
              "sweep", "-i", model, "--output-dir", out, "--schemes", file, "--name", "{scheme}");

      assertHarmless(printed(result));
      assertThat(result.exitCode()).as(name).isEqualTo(ExitCodes.INPUT);
      assertThat(folder.resolve("x")).doesNotExist();
    }
  }

  @Test
  void aNameThatClaimsABillionShardsIsVerifiedAsOneFile() throws IOException {
    Path shard = folder.resolve("m-000000001-of-999999999.gguf");
    Files.copy(Path.of(model), shard);

    assertThat(CommandResult.of("verify", shard.toString()).exitCode()).isZero();
  }
}
