package dev.sparkquant.cli;

import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.html.Report;
import dev.sparkquant.store.OutputPaths;
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

/** {@code demo}: a sweep of the model that comes along, measured and reported. */
@Command(
    name = "demo",
    description = {
      "Quantizes a small model that comes along, and reports.",
      "The model has 6.8 million weights. It is quantized by ten schemes, what each costs is"
          + " measured, and a report written. The files are llama-quantize's: compare the sha256"
          + " sums."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  sparkquant demo --output-dir /tmp/demo"})
final class DemoCommand implements Callable<Integer> {
  private static final List<String> SCHEMES =
      List.of(
          "Q2_K",
          "Q3_K_M",
          "Q4_0",
          "Q4_K_M",
          "Q5_K_M",
          "Q6_K",
          "Q8_0",
          "IQ4_XS",
          "Q2_K_XXXL",
          "Q4_K_XXXL");

  private static final String CONTEXT = "512";
  private static final String CHUNKS = "8";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-d", "--output-dir"},
      paramLabel = "DIR",
      defaultValue = "sparkquant-demo",
      description = "Where to write it all. Default: ${DEFAULT-VALUE} here.")
  private String outputDir;

  @Override
  public Integer call() throws IOException {
    Path demo = Home.folder().resolve("submit/demo");
    String[] sweep = {
      "sweep",
      "--input",
      demo.resolve("tiny-mistral-bf16.gguf").toString(),
      "--output-dir",
      outputDir,
      "--schemes",
      String.join(",", SCHEMES),
      "--kld",
      "--corpus",
      demo.resolve("corpus.txt").toString(),
      "--ctx",
      CONTEXT,
      "--chunks",
      CHUNKS,
      // Whoever tries the demo twice does not want to be asked.
      "--overwrite"
    };
    System.err.println("This runs: sparkquant " + PrintableText.of(String.join(" ", sweep), 4000));
    int exitCode = spec.root().commandLine().execute(sweep);
    if (exitCode == ExitCodes.OK) {
      printDigests();
    }
    return exitCode;
  }

  private void printDigests() throws IOException {
    Storage storage = SparkContexts.storage();
    String folder = OutputPaths.resolve(outputDir, storage);
    System.out.println();
    System.out.println("The sha256 sums, which llama-quantize's files have too:");
    for (String scheme : SCHEMES) {
      String name = "tiny-mistral-" + scheme + ".gguf";
      System.out.println(sha256(storage, folder + "/" + name) + "  " + name);
    }
    System.out.println();
    System.out.println("Now open " + Report.page(folder + "/run"));
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
