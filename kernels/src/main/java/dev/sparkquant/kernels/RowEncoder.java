package dev.sparkquant.kernels;

/**
 * Encodes rows of floats into the blocks of one ggml type, with ggml's bytes as the result.
 *
 * <p>Encoders may keep scratch memory from call to call: one is not for use by several threads at
 * once, and what it is asked for once is best asked of it again.
 */
public interface RowEncoder {

  /**
   * Encodes {@code rows} consecutive rows of {@code rowLength} elements each.
   *
   * @param src elements, row after row from {@code srcOffset} on; all finite
   * @param rowLength elements a row, a multiple of the type's block length
   * @param importance an importance matrix's values for the columns, {@code rowLength} of them from
   *     {@code importanceOffset} on, applied to every row; null for none
   * @param dst receives {@code rows * type.bytes(rowLength)} bytes from {@code dstOffset} on
   * @return bytes written
   */
  int encode(
      float[] src,
      int srcOffset,
      int rows,
      int rowLength,
      float[] importance,
      int importanceOffset,
      byte[] dst,
      int dstOffset);
}
