package dev.sparkquant.report;

import dev.sparkquant.gguf.io.Checksum;
import dev.sparkquant.job.TensorOutcome;
import dev.sparkquant.plan.OutputTensor;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.policy.BlockNumber;
import dev.sparkquant.policy.TensorRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;

/** Writes a run's tensors as a Parquet table, a row for each tensor of each output. */
public final class TensorTable {
  private static final ParquetTable TABLE =
      new ParquetTable(
          """
          message tensors {
            required binary scheme (STRING);
            required binary output (STRING);
            required binary name (STRING);
            required binary source_name (STRING);
            required group shape (LIST) { repeated group list { required int64 element; } }
            required binary role (STRING);
            optional int32 layer;
            required binary source_type (STRING);
            required binary target_type (STRING);
            required int64 elements;
            required int64 source_bytes;
            required int64 bytes;
            required double bits_per_weight;
            required double squared_error;
            required double relative_rms_error;
            required double largest_error;
            required double encode_seconds;
            required binary crc32c (STRING);
            required binary header_crc32c (STRING);
          }
          """);

  private TensorTable() {}

  /**
   * Writes the table, replacing a former one only when the new one is complete. The checksums are
   * those of the tensor's data and of all that precedes the data in its file.
   */
  public static void write(Path file, List<TensorOutcome> tensors) throws IOException {
    TABLE.write(
        file,
        rows -> {
          Map<String, String> headers = new HashMap<>();
          for (TensorOutcome tensor : tensors) {
            String header =
                headers.computeIfAbsent(
                    tensor.output().path(), path -> checksum(tensor.output().header()));
            rows.add(row(rows.create(), tensor, header));
          }
        });
  }

  private static String checksum(byte[] header) {
    return Checksum.of(header, 0, header.length).hex();
  }

  private static Group row(Group row, TensorOutcome outcome, String headerChecksum) {
    OutputTensor tensor = outcome.tensor();
    SourceTensor source = outcome.source();
    row.append("scheme", outcome.output().scheme())
        .append("output", outcome.output().path())
        .append("name", tensor.info().name())
        .append("source_name", source.name());
    Group shape = row.addGroup("shape");
    tensor.info().dimensions().forEach(d -> shape.addGroup("list").append("element", (long) d));
    row.append("role", TensorRole.of(tensor.info().name()).label());
    BlockNumber.of(tensor.info().name()).ifPresent(layer -> row.append("layer", layer));
    long elements = source.elements();
    row.append("source_type", source.type().name())
        .append("target_type", tensor.info().type().name())
        .append("elements", elements)
        .append("source_bytes", source.type().bytes(elements))
        .append("bytes", tensor.info().bytes())
        .append("bits_per_weight", tensor.info().bytes() * 8.0 / elements)
        .append("squared_error", outcome.squaredError())
        .append("relative_rms_error", outcome.relativeRmsError())
        .append("largest_error", outcome.largestError())
        .append("encode_seconds", outcome.encodeNanos() / 1e9)
        .append("crc32c", outcome.crc32c())
        .append("header_crc32c", headerChecksum);
    return row;
  }
}
