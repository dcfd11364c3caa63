package dev.sparkquant.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sparkquant.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run did, with what, and what came of it: {@code run.json} in the run's folder, beside the
 * run's tables.
 *
 * @param format of the file, {@value #FORMAT}
 * @param sparkquant which build ran
 * @param command words of the command line as typed
 * @param started when, in UTC as ISO 8601
 * @param input the model that was quantized, or the others are measured against; null if only its
 *     saved logits were there
 * @param quantize null if the run wrote no models
 * @param divergence null if the run measured none
 */
public record RunRecord(
    int format,
    Software sparkquant,
    List<String> command,
    String started,
    Environment environment,
    Input input,
    List<Output> outputs,
    Quantization quantize,
    Divergence divergence) {
  /** The format that this version writes and reads. */
  public static final int FORMAT = 1;

  /** More than the record of any run has. */
  private static final long MOST_BYTES = 64L << 20;

  /** Its name in the run's folder. */
  public static final String FILE_NAME = "run.json";

  // Fields that a later version adds do no harm; what they change in meaning raises the format.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public RunRecord {
    Objects.requireNonNull(sparkquant, "sparkquant");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(environment, "environment");
    command = List.copyOf(command);
    outputs = List.copyOf(outputs);
  }

  /**
   * A build of this program.
   *
   * @param commit of its source, shortened; {@code unknown} if it was not built from a checkout
   */
  public record Software(String version, String commit) {}

  /**
   * Where a run took place.
   *
   * @param cpu of the driver's machine
   * @param cores that Spark had
   * @param master Spark's
   * @param kernels the kernel implementations used
   */
  public record Environment(
      String java, String spark, String os, String cpu, int cores, String master, String kernels) {}

  /**
   * A model.
   *
   * @param name {@code general.name}, or null
   * @param architecture {@code general.architecture}, or null
   * @param layers {@code block_count}, or null
   * @param parameters elements of all tensors
   * @param bytes of all files
   */
  public record Input(
      List<InputFile> files,
      String name,
      String architecture,
      Long layers,
      long parameters,
      long bytes) {
    public Input {
      files = List.copyOf(files);
    }
  }

  /**
   * One file of a model.
   *
   * @param headerSha256 of the bytes before the data section, in hexadecimal digits
   */
  public record InputFile(String path, long bytes, String headerSha256) {}

  /**
   * A model that was written or measured.
   *
   * @param name by which tables and {@link Divergence#models} call it; no two are the same
   * @param scheme its name; null if the run did not write the model
   * @param definition the scheme's YAML; null for one of llama-quantize's own
   * @param options that changed what the scheme does, as on a command line
   * @param files its path, or those of its shards
   * @param bytes of all files
   * @param bitsPerWeight of the tensors' data
   * @param published whether the files stand under their names
   * @param error why they do not, or null
   */
  public record Output(
      String name,
      String scheme,
      String definition,
      List<String> options,
      List<String> files,
      long bytes,
      double bitsPerWeight,
      boolean published,
      String error) {
    public Output {
      Objects.requireNonNull(name, "name");
      options = List.copyOf(options);
      files = List.copyOf(files);
    }
  }

  /**
   * How models were written.
   *
   * @param encodeSeconds from the first task to the last
   * @param seconds until all was published, Spark's start not included
   * @param encodedWeights elements that tasks encoded; for one that several outputs have in the
   *     same type, once
   * @param reusedWeights elements that an earlier run had encoded
   */
  public record Quantization(
      double encodeSeconds, double seconds, long encodedWeights, long reusedWeights) {}

  /**
   * What models cost against a base.
   *
   * @param base path of the base model, or of its saved logits
   * @param context tokens a chunk
   * @param models figures of each output, under its name, as {@code kld --json} prints them
   */
  public record Divergence(
      String base,
      int context,
      List<CorpusText> corpora,
      double seconds,
      List<Map<String, Object>> models) {
    public Divergence {
      corpora = List.copyOf(corpora);
      models = List.copyOf(models);
    }
  }

  /**
   * A text that models were measured on.
   *
   * @param chunks that were measured
   * @param tokens in those chunks
   */
  public record CorpusText(String name, String path, int chunks, long tokens) {}

  /** The same run with what it measured after it had written its models. */
  public RunRecord with(Divergence measured) {
    return new RunRecord(
        format, sparkquant, command, started, environment, input, outputs, quantize, measured);
  }

  /** Writes {@code run.json} into a run's folder, replacing a former one only when complete. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(FILE_NAME + ".unfinished");
    Files.write(unfinished, MAPPER.writeValueAsBytes(this));
    Files.move(unfinished, folder.resolve(FILE_NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads the {@code run.json} of a run's folder.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws StorageException if it is damaged or of another format
   */
  public static RunRecord read(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    RunRecord run;
    if (Files.size(file) > MOST_BYTES) {
      throw new StorageException(
          "Cannot read " + file + ": it is larger than the record of a run can be");
    }
    try {
      run = MAPPER.readValue(Files.readAllBytes(file), RunRecord.class);
    } catch (JsonProcessingException e) {
      throw new StorageException(
          "Cannot read "
              + file
              + ": it is not the record of a run ("
              + e.getOriginalMessage()
              + "); run the job again",
          e);
    }
    if (run == null || run.format() != FORMAT) {
      throw new StorageException(
          "Cannot read "
              + file
              + ": its format is "
              + (run == null ? "unknown" : run.format())
              + ", this version reads "
              + FORMAT);
    }
    return run;
  }
}
