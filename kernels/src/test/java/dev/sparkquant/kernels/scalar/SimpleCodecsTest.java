package dev.sparkquant.kernels.scalar;

import static dev.sparkquant.gguf.GgmlType.BF16;
import static dev.sparkquant.gguf.GgmlType.F16;
import static dev.sparkquant.gguf.GgmlType.F32;
import static dev.sparkquant.gguf.GgmlType.Q4_0;
import static dev.sparkquant.gguf.GgmlType.Q4_1;
import static dev.sparkquant.gguf.GgmlType.Q5_0;
import static dev.sparkquant.gguf.GgmlType.Q5_1;
import static dev.sparkquant.gguf.GgmlType.Q8_0;
import static dev.sparkquant.gguf.GgmlType.TQ1_0;
import static dev.sparkquant.gguf.GgmlType.TQ2_0;

import dev.sparkquant.kernels.peer.CodecsEqualGgml;
import java.util.List;

/** The types without super-blocks, and the ternary ones. */
class SimpleCodecsTest extends CodecsEqualGgml {

  SimpleCodecsTest() {
    super(
        new ScalarKernels(),
        List.of(F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, TQ1_0, TQ2_0),
        List.of(F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, TQ1_0, TQ2_0));
  }
}
