package dev.sparkquant.report.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/**
 * Goes through a Parquet table once, over some of its columns. Of those it holds a row group's
 * pages, of the others nothing, so tables may be of any length.
 */
public final class TableReader {
  private final ColumnReader[] columns;
  private final Binary[] lastBinaries;
  private final String[] lastTexts;

  private TableReader(ColumnReader[] columns) {
    this.columns = columns;
    lastBinaries = new Binary[columns.length];
    lastTexts = new String[columns.length];
  }

  /** Takes the rows of a table, one after the other. */
  @FunctionalInterface
  public interface RowConsumer {

    /**
     * Takes a row.
     *
     * @param row gives the row's values until this returns
     */
    void accept(TableReader row);
  }

  /**
   * Reads a table.
   *
   * @param names columns of the schema's top level, not repeated; values are asked for by their
   *     place in this list
   * @throws IOException if the table cannot be read or lacks a column
   */
  public static void scan(Path file, List<String> names, RowConsumer consumer) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType all = reader.getFileMetaData().getSchema();
      for (String name : names) {
        if (!all.containsField(name)) {
          throw new IOException("Cannot read " + file + ": it has no column " + name);
        }
      }
      MessageType wanted =
          new MessageType(all.getName(), names.stream().map(all::getType).toList());
      reader.setRequestedSchema(wanted);
      String writer = reader.getFileMetaData().getCreatedBy();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        ColumnReadStoreImpl store =
            new ColumnReadStoreImpl(pages, new NoConverter(), wanted, writer);
        List<ColumnReader> columns = new ArrayList<>();
        for (ColumnDescriptor column : wanted.getColumns()) {
          columns.add(store.getColumnReader(column));
        }
        new TableReader(columns.toArray(ColumnReader[]::new)).rows(pages.getRowCount(), consumer);
      }
    } catch (RuntimeException e) {
      // Parquet's reader has no exception for damage, and a table may be anything.
      throw new IOException("Cannot read " + file + ": it is no table of a run, or damaged", e);
    }
  }

  private void rows(long count, RowConsumer consumer) {
    for (long row = 0; row < count; row++) {
      consumer.accept(this);
      for (int i = 0; i < columns.length; i++) {
        // Going on does not pass over a value that nobody asked for.
        if (!isNull(i)) {
          columns[i].skip();
        }
        columns[i].consume();
      }
    }
  }

  public boolean isNull(int column) {
    ColumnReader reader = columns[column];
    return reader.getCurrentDefinitionLevel() < reader.getDescriptor().getMaxDefinitionLevel();
  }

  public int intAt(int column) {
    return columns[column].getInteger();
  }

  public long longAt(int column) {
    return columns[column].getLong();
  }

  public double doubleAt(int column) {
    return columns[column].getDouble();
  }

  public boolean booleanAt(int column) {
    return columns[column].getBoolean();
  }

  public byte[] bytesAt(int column) {
    return columns[column].getBinary().getBytes();
  }

  /** A text; the same object as in the row before if it is the same text. */
  public String textAt(int column) {
    Binary binary = columns[column].getBinary();
    if (!binary.equals(lastBinaries[column])) {
      lastBinaries[column] = binary.copy();
      lastTexts[column] = new String(binary.getBytes(), StandardCharsets.UTF_8);
    }
    return lastTexts[column];
  }

  /** The readers ask for one, though values are taken from the columns themselves. */
  private static final class NoConverter extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
