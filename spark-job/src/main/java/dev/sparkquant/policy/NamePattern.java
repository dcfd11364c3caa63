package dev.sparkquant.policy;

import java.util.regex.Pattern;

/**
 * A regular expression that is searched for in tensor names, unanchored.
 *
 * <p>The syntax is that of C++'s {@code std::regex} (ECMAScript), which {@code llama-quantize}
 * uses: {@code .} {@code *} {@code +} {@code ?} {@code {n,m}} {@code |} {@code ( )} {@code (?: )}
 * {@code (?= )} {@code (?! )} {@code [ ]} {@code ^} {@code $} {@code \d \w \s \b} and their
 * opposites, and POSIX classes such as {@code [[:alpha:]]}. Java's expressions look alike but
 * differ in places, so a pattern is translated, and what is not in this list is an error rather
 * than something else (back-references and numeric escapes among it).
 */
public final class NamePattern {
  private final String source;
  private final Pattern compiled;

  private NamePattern(String source, Pattern compiled) {
    this.source = source;
    this.compiled = compiled;
  }

  /**
   * Compiles a pattern.
   *
   * @throws PolicyException if it is malformed or uses something unsupported
   */
  public static NamePattern compile(String source) {
    return new NamePattern(source, Pattern.compile(new EcmaScriptTranslator(source).translate()));
  }

  /**
   * Whether the pattern is found anywhere in the name.
   *
   * @throws PolicyException if that takes too many steps to tell
   */
  public boolean matches(String name) {
    return compiled.matcher(new BudgetedText(name, source)).find();
  }

  @Override
  public String toString() {
    return source;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamePattern pattern && source.equals(pattern.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }
}
