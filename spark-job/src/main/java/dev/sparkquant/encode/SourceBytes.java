package dev.sparkquant.encode;

import dev.sparkquant.kernels.ByteSwap;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.plan.SourceTensor;
import java.util.List;

/** What can be told of source tensors before any of their bytes is read. */
public final class SourceBytes {
  private SourceBytes() {}

  /**
   * Requires that all blocks can be told from their bytes.
   *
   * @throws PlanException if a tensor is big-endian and of a type whose blocks have no defined byte
   *     order
   */
  public static void requireByteOrder(List<SourceTensor> tensors) throws PlanException {
    for (SourceTensor tensor : tensors) {
      if (tensor.bigEndian() && !ByteSwap.isDefined(tensor.type())) {
        throw new PlanException(
            "Cannot read tensor %s of %s: big-endian blocks of %s have no defined byte order;"
                    .formatted(tensor.name(), tensor.file(), tensor.type())
                + " convert the file to little-endian where it was made");
      }
    }
  }
}
