package dev.sparkquant.kernels.vector;

import java.util.function.Supplier;

/**
 * Scratch memory that is kept from call to call, and made anew every {@value #CALLS} calls: the
 * garbage collector may have moved it from where {@link Alignment} found it fastest.
 */
final class Renewed<T> {
  private static final int CALLS = 256;

  private final Supplier<T> supplier;
  private T value;
  private int calls;

  Renewed(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  T get() {
    if (calls % CALLS == 0) {
      value = supplier.get();
      calls = 0;
    }
    calls++;
    return value;
  }
}
