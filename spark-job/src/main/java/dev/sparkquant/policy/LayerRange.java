package dev.sparkquant.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers by number, both ends included.
 *
 * @param text as written, for messages
 * @param first 0 for the first layer, -1 for the last, -2 for the one before
 * @param last likewise
 */
record LayerRange(String text, int first, int last) {
  private static final Pattern RANGE =
      Pattern.compile("(first|last|-?[0-9]{1,6})(?:-(first|last|-?[0-9]{1,6}))?");

  /**
   * Reads {@code first}, {@code last}, {@code 3}, {@code -1}, {@code 0-3}, {@code -4-last} and the
   * like.
   *
   * @throws PolicyException if it is none of these or ends before it starts
   */
  static LayerRange parse(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      throw new PolicyException(
          "'" + text + "' names no layers; use first, last, 3, -1, 0-3 or -4-last");
    }
    int first = position(matcher.group(1));
    int last = matcher.group(2) == null ? first : position(matcher.group(2));
    if (last < first && (first < 0) == (last < 0)) {
      throw endsBeforeStart(text);
    }
    return new LayerRange(text, first, last);
  }

  /**
   * Checks the range against a model.
   *
   * @param layers that "last" and negative numbers count from
   * @param allLayers that exist, those for multi-token prediction behind the last one included
   * @throws PolicyException if the model has no such layers
   */
  void check(int layers, int allLayers) {
    int from = resolve(first, layers);
    int to = resolve(last, layers);
    if (from < 0 || to < 0 || from >= allLayers || to >= allLayers) {
      throw new PolicyException(
          "layers '" + text + "' are out of range: the model has " + layers + " layers");
    }
    if (to < from) {
      throw endsBeforeStart(text);
    }
  }

  boolean contains(int layer, int layers) {
    return layer >= resolve(first, layers) && layer <= resolve(last, layers);
  }

  private static int position(String text) {
    return switch (text) {
      case "first" -> 0;
      case "last" -> -1;
      default -> Integer.parseInt(text);
    };
  }

  private static int resolve(int position, int layers) {
    return position < 0 ? layers + position : position;
  }

  private static PolicyException endsBeforeStart(String text) {
    return new PolicyException("layers '" + text + "' end before they start");
  }
}
