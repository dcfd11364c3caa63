package dev.sparkquant.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The record of a run, {@code run.json} in its folder. */
public record RunRecord(
    int format,
    Software sparkquant,
    List<String> command,
    String started,
    Environment environment,
    Input input,
    List<Output> outputs,
    Quantize quantize,
    Divergence divergence) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public record Software(String version, String commit) {}

  public record Environment(
      String java, String spark, String os, String cpu, int cores, String master, String kernels) {}

  public record InputFile(String path, long bytes, String headerSha256) {}

  public record Input(
      List<InputFile> files,
      String name,
      String architecture,
      int layers,
      long parameters,
      long bytes) {}

  public record Output(
      String name,
      String scheme,
      String definition,
      List<String> options,
      List<String> files,
      long bytes,
      double bitsPerWeight,
      boolean published,
      String error) {}

  public record Quantize(
      double encodeSeconds, double seconds, long encodedWeights, long reusedWeights) {}

  public record Corpus(String name, String path, int chunks, long tokens) {}

  public record Divergence(
      String base,
      int context,
      List<Corpus> corpora,
      double seconds,
      List<Map<String, Object>> models) {}

  /** Reads the record of a run's folder. */
  public static RunRecord read(Path runDir) throws IOException {
    return MAPPER.readValue(runDir.resolve("run.json").toFile(), RunRecord.class);
  }
}
