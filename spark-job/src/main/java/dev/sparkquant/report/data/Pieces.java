package dev.sparkquant.report.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The texts of the few tokens that a report shows. */
public final class Pieces {
  private final Map<Integer, byte[]> pieces = new HashMap<>();

  private Pieces() {}

  /** Reads the pieces of some tokens; of none if the table is missing. */
  static Pieces read(Path file, Collection<HurtToken> tokens) throws IOException {
    Pieces found = new Pieces();
    if (!Files.exists(file)) {
      return found;
    }
    Set<Integer> wanted = new HashSet<>();
    for (HurtToken token : tokens) {
      wanted.add(token.token());
      wanted.addAll(token.before());
    }
    TableReader.scan(
        file,
        List.of("token", "piece"),
        row -> {
          if (wanted.contains(row.intAt(0))) {
            found.pieces.put(row.intAt(0), row.bytesAt(1));
          }
        });
    return found;
  }

  /** Whether the run left the texts of tokens. */
  public boolean areKnown() {
    return !pieces.isEmpty();
  }

  /** The text of tokens that follow one another; bytes that are no character show as U+FFFD. */
  public String text(List<Integer> tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int token : tokens) {
      bytes.writeBytes(
          pieces.getOrDefault(token, ("[" + token + "]").getBytes(StandardCharsets.UTF_8)));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
