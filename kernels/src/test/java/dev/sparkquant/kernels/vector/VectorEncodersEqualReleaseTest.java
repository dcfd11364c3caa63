package dev.sparkquant.kernels.vector;

import dev.sparkquant.kernels.peer.EncodersEqualRelease;

/** The vector encoders against the release of llama.cpp that the project follows. */
class VectorEncodersEqualReleaseTest extends EncodersEqualRelease {

  VectorEncodersEqualReleaseTest() {
    super(new VectorKernels());
  }
}
