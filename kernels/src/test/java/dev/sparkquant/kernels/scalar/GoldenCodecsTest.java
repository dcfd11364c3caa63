package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.peer.CodecsEqualGolden;

/** The 4-bit float types and the low-bit types of 64 and 128 elements. */
class GoldenCodecsTest extends CodecsEqualGolden {

  GoldenCodecsTest() {
    super(new ScalarKernels());
  }
}
