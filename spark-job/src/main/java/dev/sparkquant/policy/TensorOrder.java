package dev.sparkquant.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of tensors in a file that {@code llama-quantize} writes, and the order in which its
 * mixtures see them: tensors outside layers first, then layer by layer, by name within a layer.
 *
 * <p>Source: {@code weight_name_comparer} in llama.cpp.
 */
public final class TensorOrder {
  /** Compares tensor names; names within a layer are compared as unsigned UTF-8 bytes. */
  public static final Comparator<String> BY_LAYER_AND_NAME =
      Comparator.<String>comparingInt(name -> BlockNumber.leading(name).orElse(-1))
          .thenComparing(TensorOrder::utf8, Arrays::compareUnsigned);

  private TensorOrder() {}

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
