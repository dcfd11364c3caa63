package dev.sparkquant.report;

import dev.sparkquant.eval.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.io.api.Binary;

/**
 * Writes what tokens stand for as a Parquet table, to read beside {@code tokens.parquet}. Pieces
 * are bytes: a character may span several tokens.
 */
public final class VocabularyTable {
  /** What the table is called in a run's folder. */
  public static final String FILE = "vocabulary.parquet";

  private static final ParquetTable TABLE =
      new ParquetTable(
          """
          message vocabulary {
            required int32 token;
            required binary piece;
          }
          """);

  private VocabularyTable() {}

  /** Writes the table, replacing a former one only when the new one is complete. */
  public static void write(Path folder, Tokenizer tokenizer) throws IOException {
    TABLE.write(
        folder.resolve(FILE),
        rows -> {
          for (int token = 0; token < tokenizer.size(); token++) {
            Binary piece = Binary.fromConstantByteArray(tokenizer.piece(token));
            rows.add(rows.create().append("token", token).append("piece", piece));
          }
        });
  }
}
