package dev.sparkquant.cli;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.Kernels;
import java.util.Arrays;
import java.util.Iterator;

/** What a shell offers where a type is wanted that tensors can be written in. */
final class TypeNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(GgmlType.values())
        .filter(Kernels::canEncode)
        .map(GgmlType::name)
        .iterator();
  }
}
