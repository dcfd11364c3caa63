package dev.sparkquant.kernels.scalar;

import dev.sparkquant.kernels.peer.EncodersEqualRelease;

/** The scalar encoders against the release of llama.cpp that the project follows. */
class ScalarEncodersEqualReleaseTest extends EncodersEqualRelease {

  ScalarEncodersEqualReleaseTest() {
    super(new ScalarKernels());
  }
}
