package dev.sparkquant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the launcher asks of Java, with a stand-in for Java that prints its arguments, a line each,
 * and counts the archives that it is asked to make.
 */
class LauncherTest {
  private static final String STAND_IN =
      """
      #!/usr/bin/env bash
      for argument; do
        if [[ $argument == -XX:ArchiveClassesAtExit=* ]]; then
          echo "$argument" >>"$0.archives"
          [[ -e $0.refuses ]] && echo "cannot" >&2 && exit 1
          echo archive >"${argument#*=}"
          exit 0
        fi
      done
      printf '%s\\n' "$@"
      """;

  @TempDir private Path folder;
  private Path home;
  private Path target;
  private Path java;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void install() throws IOException {
    home = folder.resolve("a home");
    target = home.resolve("spark-job/target");
    Files.createDirectories(home.resolve("spark-job/src/main"));
    Files.createDirectories(home.resolve("conf"));
    Files.createDirectories(home.resolve("submit"));
    Files.createDirectories(target);
    Files.createFile(home.resolve("pom.xml"));
    Files.createFile(home.resolve("spark-job/pom.xml"));
    Files.copy(Home.folder().resolve("submit/sparkquant"), home.resolve("submit/sparkquant"));
    Files.writeString(target.resolve("classpath"), "spark.jar");
    Files.createFile(target.resolve("sparkquant.jar"));
    java = standIn("jdk");
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("SPARKQUANT_LOG", folder.resolve("log/spark.log").toString());
  }

  private Path standIn(String jdk) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(jdk).resolve("bin"));
    Path file = Files.writeString(bin.resolve("java"), STAND_IN);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(home.resolve("submit/sparkquant").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    List.of("SPARK_HOME", "SPARKQUANT_JAVA_OPTS", "NO_COLOR")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static CommandResult result(Process process) throws Exception {
    // Neither stream is long enough to fill its pipe.
    int code = process.waitFor();
    return new CommandResult(
        code,
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** The arguments that Java got; nothing may go to standard error. */
  private List<String> run(String... arguments) throws Exception {
    CommandResult result = result(start(arguments));
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    return result.out().lines().toList();
  }

  private long archivesMade() throws IOException {
    Path calls = java.resolveSibling("java.archives");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.getFileName().toString().startsWith("classes-")).toList();
    }
  }

  @Test
  void runsTheApplicationInThisJava() throws Exception {
    List<String> arguments = run("quantize", "-o", "a file.gguf");
    assertThat(arguments)
        .contains(
            "-Dsparkquant.home=" + home,
            "-Dsparkquant.log=" + folder.resolve("log/spark.log"),
            target.resolve("sparkquant.jar") + ":spark.jar")
        .endsWith("dev.sparkquant.cli.Main", "quantize", "-o", "a file.gguf")
        // Standard output is no terminal here.
        .noneMatch(argument -> argument.contains("colours") || argument.contains("terminal"));
    assertThat(run()).endsWith("dev.sparkquant.cli.Main");
  }

  @Test
  void theFirstRunMakesAnArchiveThatLaterOnesUse() throws Exception {
    String used = "-XX:SharedArchiveFile=";
    assertThat(run("schemes")).anyMatch(argument -> argument.startsWith(used));
    assertThat(run("schemes")).contains(used + archives().get(0));
    assertThat(archivesMade()).isEqualTo(1);
    assertThat(archives()).hasSize(1);
  }

  @Test
  void everyJavaHasItsOwn() throws Exception {
    run("schemes");
    standIn("other jdk");
    environment.put("JAVA_HOME", folder.resolve("other jdk").toString());
    run("schemes");
    assertThat(archives()).hasSize(2);
    // A newer Java in the same place is another one.
    Files.writeString(folder.resolve("other jdk/release"), "JAVA_VERSION=\"25\"");
    run("schemes");
    assertThat(archives()).hasSize(3);
  }

  @Test
  void aNewBuildGetsANewArchive() throws Exception {
    run("schemes");
    Files.setLastModifiedTime(archives().get(0), FileTime.from(Instant.now().minusSeconds(3600)));
    run("schemes");
    assertThat(archivesMade()).isEqualTo(2);
    assertThat(archives()).hasSize(1);
  }

  @Test
  void whereNoneCanBeMadeItIsNotTriedAgain() throws Exception {
    Files.createFile(java.resolveSibling("java.refuses"));
    for (int i = 0; i < 2; i++) {
      assertThat(run("schemes")).noneMatch(argument -> argument.contains("SharedArchiveFile"));
    }
    assertThat(archivesMade()).isEqualTo(1);
  }

  @Test
  void aFolderThatCannotBeWrittenDoesNoHarm() throws Exception {
    assertThat(target.toFile().setWritable(false)).isTrue();
    try {
      assertThat(run("schemes")).endsWith("schemes");
    } finally {
      assertThat(target.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void twoFirstRunsAtOnceDoNotDisturbEachOther() throws Exception {
    Process one = start("schemes");
    Process other = start("schemes");
    for (Process process : List.of(one, other)) {
      CommandResult result = result(process);
      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).contains("-XX:SharedArchiveFile=");
    }
    assertThat(archives()).singleElement().asString().endsWith(".jsa");
  }

  @Test
  void whatAKilledRunLeftIsClearedAway() throws Exception {
    run("schemes");
    Path archive = archives().get(0);
    Files.delete(archive);
    // No process has a number as large as that.
    Path left = Files.createFile(target.resolve(archive.getFileName() + ".999999999"));
    Path inUse =
        Files.createFile(
            target.resolve(archive.getFileName() + "." + ProcessHandle.current().pid()));
    run("schemes");
    assertThat(left).doesNotExist();
    assertThat(inUse).exists();
  }

  @Test
  void localMastersAndSettingsNeedNoSubmission() throws Exception {
    List<String> arguments =
        run(
            "kld",
            "--",
            "--master",
            "local[3]",
            "--conf",
            "spark.ui.enabled=true",
            "--conf=spark.driver.memory=3g");
    assertThat(arguments)
        .contains("-Dspark.master=local[3]", "-Xmx3g")
        .containsSubsequence("-Dspark.ui.enabled=false", "-Dspark.ui.enabled=true")
        .endsWith("dev.sparkquant.cli.Main", "kld");
    assertThat(run("kld", "--", "--master=local")).contains("-Dspark.master=local");
    assertThat(run("kld", "--")).endsWith("dev.sparkquant.cli.Main", "kld");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--master spark://host:7077",
        "--master local[2] --executor-memory 4g",
        "--conf spark.master=yarn",
        "--conf spark.submit.deployMode=cluster",
        "--conf nonsense",
        "--master"
      })
  void everythingElseIsSubmitted(String spark) throws Exception {
    List<String> words = new ArrayList<>(List.of("kld", "--json", "--"));
    words.addAll(List.of(spark.split(" ")));
    assertThat(run(words.toArray(String[]::new)))
        .contains("org.apache.spark.deploy.SparkSubmit")
        .containsSubsequence(spark.split(" "))
        .endsWith(
            "--class",
            "dev.sparkquant.cli.Main",
            target.resolve("sparkquant.jar").toString(),
            "kld",
            "--json");
    assertThat(archivesMade()).isZero();
  }

  @Test
  void anInstalledSparkIsSubmittedTo() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("spark/bin"));
    Path submit =
        Files.writeString(
            bin.resolve("spark-submit"), "#!/usr/bin/env bash\nprintf 'installed %s\\n' \"$*\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    environment.put("SPARK_HOME", folder.resolve("spark").toString());
    assertThat(run("kld", "--", "--master", "local[2]"))
        .singleElement()
        .asString()
        .startsWith("installed --properties-file")
        .contains("--master local[2]");
    assertThat(run("kld")).endsWith("dev.sparkquant.cli.Main", "kld");
  }

  @Test
  void aLongLogIsPutAside() throws Exception {
    Path log = folder.resolve("log/spark.log");
    run("schemes");
    Files.write(log, new byte[11_000_000]);
    run("schemes");
    assertThat(log).doesNotExist();
    assertThat(folder.resolve("log/spark.log.1")).hasSize(11_000_000);
  }

  @Test
  void whereNoLogCanBeWrittenThereIsNone() throws Exception {
    environment.put("SPARKQUANT_LOG", "/dev/null/spark.log");
    assertThat(run("schemes")).contains("-Dsparkquant.log=/dev/null");
  }

  @Test
  void aMissingJavaIsSaidSo() throws Exception {
    environment.put("JAVA_HOME", folder.resolve("no jdk").toString());
    CommandResult result = result(start("schemes"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .hasLineCount(1)
        .contains("no jdk/bin/java: install JDK 17 or later, or set JAVA_HOME");
  }
}
