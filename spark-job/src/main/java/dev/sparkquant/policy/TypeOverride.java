package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One {@code --tensor-type}: the type of all tensors in whose name the pattern is found.
 *
 * @param loweredEscape whether lower-casing, which {@code llama-quantize} does, changed an escape's
 *     meaning, as of {@code \D}
 */
public record TypeOverride(NamePattern pattern, GgmlType type, boolean loweredEscape) {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /**
   * Reads {@code PATTERN=TYPE}. The pattern ends at the first {@code =} and is lower-cased (ASCII
   * only), both as {@code llama-quantize} does.
   *
   * @throws PolicyException if it is malformed or the type cannot be written
   */
  public static TypeOverride parse(String argument) {
    String subject = "Cannot use --tensor-type '" + argument + "'";
    int separator = argument.indexOf('=');
    if (separator <= 0 || separator == argument.length() - 1) {
      throw new PolicyException(subject + ": it has to be PATTERN=TYPE");
    }
    String pattern = argument.substring(0, separator);
    String lowered = lowerAscii(pattern);
    return new TypeOverride(
        NamePattern.compile(lowered),
        EncodableTypes.parse(argument.substring(separator + 1), subject),
        hasUpperCaseEscape(pattern));
  }

  /**
   * Reads the text of a {@code --tensor-type-file}: {@code PATTERN=TYPE} entries between spaces or
   * line breaks.
   *
   * @param fileName for messages
   */
  public static List<TypeOverride> parseFile(String fileName, String text) {
    List<TypeOverride> overrides = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String place = fileName + ":" + number;
      SPACE
          .splitAsStream(line)
          .filter(argument -> !argument.isEmpty())
          .forEach(argument -> overrides.add(parseAt(place, argument)));
    }
    return overrides;
  }

  private static TypeOverride parseAt(String place, String argument) {
    try {
      return parse(argument);
    } catch (PolicyException e) {
      throw new PolicyException(place + ": " + e.getMessage());
    }
  }

  private static String lowerAscii(String text) {
    StringBuilder lowered = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lowered.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
    }
    return lowered.toString();
  }

  private static boolean hasUpperCaseEscape(String pattern) {
    for (int i = 0; i + 1 < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
        if (pattern.charAt(i) >= 'A' && pattern.charAt(i) <= 'Z') {
          return true;
        }
      }
    }
    return false;
  }
}
