package dev.sparkquant.policy;

import java.util.Map;

/**
 * Translates one regular expression in {@code std::regex}'s ECMAScript syntax to one of {@link
 * java.util.regex.Pattern} that finds the same, by recursive descent over that grammar.
 */
final class EcmaScriptTranslator {
  private static final Map<String, String> POSIX_CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("space", "\\p{Space}"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("xdigit", "\\p{XDigit}"));

  /** Deeper nesting than any sensible pattern has; bounds the recursion here and in Java. */
  private static final int MAX_DEPTH = 100;

  private static final int MAX_REPEATS = 1000;

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int depth;

  EcmaScriptTranslator(String source) {
    this.source = source;
  }

  String translate() {
    alternatives();
    if (at < source.length()) {
      throw malformed("')' closes nothing");
    }
    return out.toString();
  }

  private void alternatives() {
    if (++depth > MAX_DEPTH) {
      throw malformed("groups are nested too deeply");
    }
    while (at < source.length() && peek() != ')') {
      if (take("|")) {
        out.append('|');
      } else if (!assertion()) {
        atom();
        quantifier();
      }
    }
    depth--;
  }

  /** Consumes what matches a place, not characters; such things cannot be repeated. */
  private boolean assertion() {
    if (take("^")) {
      out.append("\\A");
    } else if (take("$")) {
      out.append("\\z");
    } else if (take("\\b")) {
      out.append("\\b");
    } else if (take("\\B")) {
      out.append("\\B");
    } else if (take("(?=")) {
      group("(?=");
    } else if (take("(?!")) {
      group("(?!");
    } else {
      return false;
    }
    return true;
  }

  private void atom() {
    if (take(".")) {
      out.append("[^\\n\\r]");
    } else if (take("(?:")) {
      group("(?:");
    } else if (take("(")) {
      if (at < source.length() && peek() == '?') {
        throw malformed("only (?: (?= and (?! may follow '('");
      }
      group("(");
    } else if (take("[")) {
      bracket();
    } else if (isClassEscape()) {
      classEscape();
    } else if (peek() == '\\') {
      literal(character());
    } else if ("*+?{".indexOf(peek()) >= 0) {
      throw malformed("'" + peek() + "' repeats nothing");
    } else {
      literal(next());
    }
  }

  private void group(String opening) {
    out.append(opening);
    alternatives();
    if (!take(")")) {
      throw malformed("'(' is not closed");
    }
    out.append(')');
  }

  private void quantifier() {
    if (at >= source.length() || "*+?{".indexOf(peek()) < 0) {
      return;
    }
    char symbol = next();
    out.append(symbol);
    if (symbol == '{') {
      interval();
    }
    if (take("?")) {
      out.append('?');
    }
    if (at < source.length() && "*+?{".indexOf(peek()) >= 0) {
      throw malformed("'" + peek() + "' follows another repetition");
    }
  }

  private void interval() {
    int least = number();
    if (take(",")) {
      out.append(',');
      if (at < source.length() && peek() != '}' && number() < least) {
        throw malformed("a repetition ends below its start");
      }
    }
    if (!take("}")) {
      throw malformed("'{' needs {n}, {n,} or {n,m}");
    }
    out.append('}');
  }

  private int number() {
    int start = at;
    while (at < source.length() && isDigit(peek())) {
      at++;
    }
    String digits = source.substring(start, at);
    if (digits.isEmpty()) {
      throw malformed("'{' needs {n}, {n,} or {n,m}");
    }
    if (digits.length() > 4 || Integer.parseInt(digits) > MAX_REPEATS) {
      throw malformed("more than " + MAX_REPEATS + " repetitions");
    }
    out.append(digits);
    return Integer.parseInt(digits);
  }

  /** The items between {@code [} and {@code ]}. */
  private void bracket() {
    out.append('[');
    if (take("^")) {
      out.append('^');
    }
    if (at < source.length() && peek() == ']') {
      throw malformed("[] is empty");
    }
    boolean first = true;
    while (!take("]")) {
      if (at >= source.length()) {
        throw malformed("'[' is not closed");
      }
      bracketItem(first);
      first = false;
    }
    out.append(']');
  }

  private void bracketItem(boolean first) {
    if (take("[:")) {
      posixClass();
    } else if (source.startsWith("[.", at) || source.startsWith("[=", at)) {
      throw malformed("collating elements are not supported");
    } else if (isClassEscape()) {
      classEscape();
    } else {
      int start = at;
      char low = character();
      boolean range = peekIs(0, '-') && at + 1 < source.length() && !peekIs(1, ']');
      if (low == '-' && source.charAt(start) == '-' && !first && !peekIs(0, ']')) {
        throw malformed("put '-' first or last in [ ] or escape it");
      }
      literal(low);
      if (range) {
        at++;
        if (isClassEscape() || peek() == '[') {
          throw malformed("a range in [ ] ends in no single character");
        }
        out.append('-');
        char high = character();
        if (high < low) {
          throw malformed("a range in [ ] ends below its start");
        }
        literal(high);
      }
    }
  }

  private void posixClass() {
    int end = source.indexOf(":]", at);
    String name = end < 0 ? "" : source.substring(at, end);
    if (!POSIX_CLASSES.containsKey(name)) {
      throw malformed(
          "'[:' needs one of the classes " + POSIX_CLASSES.keySet().stream().sorted().toList());
    }
    out.append(POSIX_CLASSES.get(name));
    at = end + 2;
  }

  private boolean isClassEscape() {
    return peekIs(0, '\\')
        && at + 1 < source.length()
        && "dDsSwW".indexOf(source.charAt(at + 1)) >= 0;
  }

  private void classEscape() {
    out.append(next()).append(next());
  }

  /** A character that stands for itself, escaped or not. */
  private char character() {
    if (!take("\\")) {
      return next();
    }
    if (at >= source.length()) {
      throw malformed("'\\' escapes nothing");
    }
    return escapedCharacter();
  }

  private char escapedCharacter() {
    char character = next();
    return switch (character) {
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000b';
      default -> {
        if (isDigit(character) || Character.isLetter(character)) {
          throw malformed("'\\" + character + "' is not supported");
        }
        yield character;
      }
    };
  }

  private void literal(char character) {
    boolean plain =
        Character.isLetterOrDigit(character)
            || Character.isSurrogate(character)
            || character == '_';
    out.append(plain ? "" : "\\").append(character);
  }

  private boolean take(String expected) {
    if (!source.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  private boolean peekIs(int ahead, char expected) {
    return at + ahead < source.length() && source.charAt(at + ahead) == expected;
  }

  private char peek() {
    return source.charAt(at);
  }

  private char next() {
    return source.charAt(at++);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private PolicyException malformed(String reason) {
    return new PolicyException(
        "Cannot use pattern '" + source + "': " + reason + " (at character " + (at + 1) + ")");
  }
}
