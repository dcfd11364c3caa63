package dev.sparkquant.gguf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which llama.cpp writes tensors: by layer, and within a layer by the bytes of the
 * name. Tensors outside layers come first. Source: {@code weight_name_comparer}.
 */
public final class TensorOrder implements Comparator<String> {
  /** What {@code sscanf} takes for {@code "blk.%d."}; it does not look for the last dot. */
  private static final Pattern LAYER = Pattern.compile("blk\\.\\s*([+-]?\\d{1,18}).*");

  private static final int NO_LAYER = -1;

  @Override
  public int compare(String a, String b) {
    int byLayer = Integer.compare(layer(a), layer(b));
    return byLayer != 0
        ? byLayer
        : Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /** The number N of a tensor named {@code blk.N.…}, else -1. */
  public static int layer(String name) {
    Matcher matcher = LAYER.matcher(name);
    return matcher.lookingAt() ? (int) Long.parseLong(matcher.group(1)) : NO_LAYER;
  }
}
