package dev.sparkquant.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers those who know {@code llama-quantize}: what stands here for the few words of its command
 * line that are no options of ours.
 */
final class LlamaQuantizeHints {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "--dry-run", "'sparkquant plan' with the same options shows types and sizes",
          "--threads", "all cores are used; add \"-- --master 'local[N]'\" for N",
          "-t", "all cores are used; add \"-- --master 'local[N]'\" for N",
          "--target-bpw", "'sparkquant sweep' writes many schemes; pick by size and divergence",
          "--target-size", "'sparkquant sweep' writes many schemes; pick by size and divergence",
          "--save-state", "a stopped run leaves what --resume needs by itself",
          "--state-file", "a stopped run leaves what --resume needs by itself");

  private LlamaQuantizeHints() {}

  /**
   * A hint for words that a command does not know, if they are llama-quantize's.
   *
   * @param command its name
   * @param words of the command line that it could not place
   */
  static Optional<String> of(String command, List<String> words) {
    for (String word : words) {
      String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      if (OPTIONS.containsKey(option)) {
        return Optional.of(option + ": " + OPTIONS.get(option));
      }
    }
    boolean positional = words.stream().noneMatch(word -> word.startsWith("-"));
    if (!positional || !(command.equals("quantize") || command.equals("plan"))) {
      return Optional.empty();
    }
    return Optional.of("files and scheme have names here: " + named(command, words));
  }

  /** The command line that llama-quantize's {@code IN [OUT] TYPE [NTHREADS]} means. */
  private static String named(String command, List<String> words) {
    int count = words.size();
    boolean threads = count > 2 && words.get(count - 1).matches("[0-9]{1,4}");
    int named = threads ? count - 1 : count;
    if (named < 2 || named > 3) {
      return "-i IN.gguf -o OUT.gguf -s SCHEME";
    }
    StringBuilder line = new StringBuilder("sparkquant " + command);
    line.append(" -i ").append(words.get(0));
    if (command.equals("quantize")) {
      line.append(" -o ").append(named == 3 ? words.get(1) : "OUT.gguf");
    }
    line.append(" -s ").append(words.get(named - 1));
    if (threads) {
      line.append(" -- --master 'local[").append(words.get(count - 1)).append("]'");
    }
    return line.toString();
  }
}
