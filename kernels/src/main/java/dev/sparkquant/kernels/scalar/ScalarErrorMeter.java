package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.ErrorMeter;

/** Measures errors an element at a time. */
final class ScalarErrorMeter extends ErrorMeter {

  @Override
  protected void sum(float[] source, int sourceFrom, float[] decoded, int decodedFrom, int count) {
    for (int i = 0; i < count; i++) {
      addElement(i % LANES, source[sourceFrom + i], decoded[decodedFrom + i]);
    }
  }
}
