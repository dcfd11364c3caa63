package dev.sparkquant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command that README and docs show, in their order, in a folder that has the files they
 * name: the demo model and its text under those names. The cluster is this machine.
 */
class DocumentedCommandsIT {
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SCHEME = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path folder;

  @BeforeAll
  static void provideFiles() throws IOException {
    Files.createSymbolicLink(folder.resolve("submit"), Home.folder().resolve("submit"));
    Path demo = Home.folder().resolve("submit/demo");
    Files.copy(demo.resolve("tiny-mistral-bf16.gguf"), folder.resolve("model-bf16.gguf"));
    Files.copy(demo.resolve("tiny-mistral.imatrix.dat"), folder.resolve("model.imatrix"));
    Files.writeString(
        folder.resolve("wiki.txt"),
        Files.readString(demo.resolve("corpus.txt")).substring(0, 9000));
    Matcher scheme = SCHEME.matcher(text("README.md"));
    assertThat(scheme.find()).isTrue();
    Files.writeString(folder.resolve("mine.yaml"), scheme.group(1));
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.copy(demo.resolve("tiny-mistral-bf16.gguf"), shared.resolve("model-bf16.gguf"));
  }

  @Test
  void readme() throws Exception {
    run("README.md");
    assertThat(folder.resolve("sparkquant-demo/run/report/index.html")).exists();
    assertThat(folder.resolve("out/run/report/index.html")).exists();
  }

  @Test
  void clusters() throws Exception {
    run("docs/cluster.md");
  }

  private static void run(String page) throws Exception {
    List<String> commands = commands(text(page));
    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      Process process =
          new ProcessBuilder("bash", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as("%s of %s printed%n%s", command, page, output).isZero();
    }
  }

  /** The commands, on this machine; the build is what runs this test. */
  private static List<String> commands(String text) {
    Stream<String> blocks = COMMANDS.matcher(text).results().map(block -> block.group(1));
    return blocks
        .flatMap(String::lines)
        .filter(line -> !line.equals("mvn verify"))
        .map(line -> line.replace("spark://host:7077", "local[2]").replace(" /shared/", " shared/"))
        .toList();
  }

  private static String text(String page) throws IOException {
    return Files.readString(Home.folder().resolve(page));
  }
}
