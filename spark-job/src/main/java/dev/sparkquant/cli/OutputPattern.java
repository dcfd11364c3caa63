package dev.sparkquant.cli;

import dev.sparkquant.gguf.ShardName;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.policy.FileType;
import dev.sparkquant.policy.Scheme;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names the outputs of a sweep after the model and the scheme. */
final class OutputPattern implements OutputNaming {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  private final String folder;
  private final String pattern;
  private final String model;

  /**
   * @param pattern of a file name, with {@code {model}} and {@code {scheme}}
   * @param input the model's file
   */
  OutputPattern(String folder, String pattern, String input) {
    this.folder = folder.endsWith("/") ? folder : folder + "/";
    this.pattern = pattern;
    this.model = modelName(input);
  }

  /** The input's file name without {@code .gguf}, shard numbers and the type at its end. */
  static String modelName(String input) {
    String name = ShardName.parse(input).map(ShardName::prefix).orElse(ModelNames.shortName(input));
    name = name.substring(name.lastIndexOf('/') + 1);
    int type = Math.max(name.lastIndexOf('-'), name.lastIndexOf('.'));
    return type > 0 && isType(name.substring(type + 1)) ? name.substring(0, type) : name;
  }

  private static boolean isType(String word) {
    Optional<FileType> type = FileType.fromName(word);
    // The number in "llama-7" is no type's.
    return type.isPresent() && !Character.isDigit(word.charAt(0));
  }

  /**
   * The output's path.
   *
   * @throws PlanException if the name would not be that of a file in the folder
   */
  @Override
  public String path(Scheme scheme) throws PlanException {
    StringBuilder name = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(pattern);
    while (matcher.find()) {
      matcher.appendReplacement(name, Matcher.quoteReplacement(value(matcher.group(1), scheme)));
    }
    matcher.appendTail(name);
    String file = name.toString();
    // A scheme's name comes from its file, which may come from anybody.
    if (file.isBlank()
        || file.equals(".")
        || file.equals("..")
        || file.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      throw new PlanException(
          "Cannot name the output of "
              + scheme.name()
              + " '"
              + file
              + "': it has to be the name of a file; change --name or the scheme's name");
    }
    return folder + file;
  }

  private String value(String placeholder, Scheme scheme) throws PlanException {
    return switch (placeholder) {
      case "model" -> model;
      case "scheme" -> scheme.name();
      default ->
          throw new PlanException(
              "Cannot name outputs: there is no {"
                  + placeholder
                  + "} in --name, only {model} and {scheme}");
    };
  }
}
