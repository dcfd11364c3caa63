package dev.sparkquant.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Writes one Parquet table, row by row. The same rows give the same bytes, but for the order in
 * which Parquet lists the encodings of a column in the footer: it may differ from process to
 * process.
 */
final class ParquetTable {
  private final MessageType schema;

  ParquetTable(String schema) {
    this.schema = MessageTypeParser.parseMessageType(schema);
  }

  /** Takes the rows of a table, one after the other. */
  final class Rows {
    private final SimpleGroupFactory factory = new SimpleGroupFactory(schema);
    private final ParquetWriter<Group> writer;

    private Rows(ParquetWriter<Group> writer) {
      this.writer = writer;
    }

    /** An empty row to fill and {@link #add}. */
    Group create() {
      return factory.newGroup();
    }

    void add(Group row) throws IOException {
      writer.write(row);
    }
  }

  /** Something that puts out rows. */
  @FunctionalInterface
  interface Source {
    void writeTo(Rows rows) throws IOException;
  }

  /** Writes the table, replacing a former one only when the new one is complete. */
  void write(Path file, Source source) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(unfinished))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      source.writeTo(new Rows(writer));
    }
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
