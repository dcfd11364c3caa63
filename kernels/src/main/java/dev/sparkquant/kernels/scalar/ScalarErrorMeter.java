package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.ErrorMeter;

/** Measures errors an element at a time. */
final class ScalarErrorMeter extends ErrorMeter {

  @Override
  protected void sum(float[] source, float[] decoded, int from, int end) {
    for (int i = from; i < end; i++) {
      addElement((i - from) % LANES, source[i], decoded[i]);
    }
  }
}
