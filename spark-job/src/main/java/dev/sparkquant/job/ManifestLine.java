package dev.sparkquant.job;

import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.encode.TargetResult;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.plan.Slice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The lines of a {@link RunManifest}: a text in ASCII behind its CRC-32C in eight hexadecimal
 * digits. A slice's line is {@code slice}, its number, its sum of squares, and for each target its
 * bytes, checksum, squared error, largest error and nanoseconds; floating-point numbers in
 * hexadecimal, so that they come back as they were.
 */
final class ManifestLine {
  private static final int DIGITS = 8;
  private static final int FIELDS = 3;
  private static final int FIELDS_OF_TARGET = 5;

  private ManifestLine() {}

  /** The line as it stands in the file. */
  static String seal(String text) {
    return checksum(text) + " " + text + "\n";
  }

  /** The text of a line of the file, or nothing if it is not as it was written. */
  static Optional<String> open(String line) {
    if (line.length() <= DIGITS) {
      return Optional.empty();
    }
    String text = line.substring(DIGITS + 1);
    return seal(text).equals(line + "\n") ? Optional.of(text) : Optional.empty();
  }

  private static String checksum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** A name in ASCII and without spaces or line ends. */
  static String quote(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  static String of(SliceResult result) {
    StringBuilder text = new StringBuilder("slice " + result.slice());
    text.append(' ').append(Double.toHexString(result.squares()));
    for (TargetResult target : result.targets()) {
      text.append(' ').append(target.bytes());
      text.append(' ').append(HexFormat.of().toHexDigits(target.checksum()));
      text.append(' ').append(Double.toHexString(target.squaredError()));
      text.append(' ').append(Double.toHexString(target.largestError()));
      text.append(' ').append(target.encodeNanos());
    }
    return text.toString();
  }

  /** The slice that a text stands for, or nothing if the plan has no such slice. */
  static Optional<SliceResult> slice(String text, QuantizePlan plan) {
    List<String> fields = List.of(text.split(" ", -1));
    if (fields.size() < FIELDS || !fields.get(0).equals("slice")) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(fields.get(1));
      if (number < 0 || number >= plan.slices().size()) {
        return Optional.empty();
      }
      Slice slice = plan.slices().get(number);
      if (fields.size() != FIELDS + slice.targets().size() * FIELDS_OF_TARGET) {
        return Optional.empty();
      }
      List<TargetResult> targets = new ArrayList<>();
      for (int t = 0; t < slice.targets().size(); t++) {
        int first = FIELDS + t * FIELDS_OF_TARGET;
        TargetResult target =
            new TargetResult(
                slice.targets().get(t).type(),
                Long.parseLong(fields.get(first)),
                HexFormat.fromHexDigits(fields.get(first + 1)),
                Double.parseDouble(fields.get(first + 2)),
                Double.parseDouble(fields.get(first + 3)),
                Long.parseLong(fields.get(first + 4)));
        if (target.bytes() != target.type().bytes(slice.elements())) {
          return Optional.empty();
        }
        targets.add(target);
      }
      return Optional.of(
          new SliceResult(number, Double.parseDouble(fields.get(2)), targets, false));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
