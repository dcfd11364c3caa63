package dev.sparkquant.cli;

import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.store.OutputPaths;
import dev.sparkquant.store.RunFolder;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the main job on the model that comes along. */
@Command(
    name = "demo",
    description = {
      "Quantizes the model that comes along (6.8 million weights) into the current folder and"
          + " prints the sha256 of the result: the one of llama-quantize's file."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  sparkquant demo --scheme Q4_K_XXXL"})
final class DemoCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-s", "--scheme"},
      paramLabel = "NAME|FILE.yaml",
      completionCandidates = SchemeNames.class,
      defaultValue = "Q4_K_M",
      description = "The scheme. Default: ${DEFAULT-VALUE}.")
  private String scheme;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.gguf",
      description = "The file to write. Default: demo-SCHEME.gguf here.")
  private String output;

  @Override
  public Integer call() throws IOException, PlanException, JobFailedException {
    RunLog log = RunLog.start(spec);
    ModelArguments arguments = new ModelArguments();
    arguments.input = Home.folder().resolve("submit/demo/tiny-mistral-bf16.gguf").toString();
    String name = Path.of(scheme).getFileName().toString().replaceFirst("\\.ya?ml$", "");
    String path = output == null ? "demo-" + name + ".gguf" : output;
    Storage storage = new Storage(SparkContexts.hadoopConfiguration());
    Preparation prepared = Preparation.of(arguments, scheme, path, false, storage);
    String written = prepared.schemes().get(0).path();
    String tables = OutputPaths.runFolder(path, storage.configuration());
    try (RunFolder folder = RunFolder.of(tables, storage.configuration())) {
      // Whoever tries the demo twice does not want to be asked.
      QuantizeRun run = new QuantizeRun(prepared, log, List.of(), true, false, folder, storage);
      RunSummary.print(run.quantize());
    }
    System.out.println("Wrote " + written);
    System.out.println("Tables in " + tables);
    System.out.println(sha256(storage, written) + "  " + path);
    return ExitCodes.OK;
  }

  static String sha256(Path file) throws IOException {
    return sha256(new Storage(new Configuration(false)), file.toString());
  }

  private static String sha256(Storage storage, String name) throws IOException {
    try (SeekableInput file = storage.open(name)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (long done = 0; done < file.length(); done += buffer.length) {
        int count = (int) Math.min(buffer.length, file.length() - done);
        file.readFully(done, buffer, 0, count);
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
