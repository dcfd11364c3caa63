package dev.sparkquant.kernels.linalg;

/**
 * A weight matrix that yields its elements as floats a piece at a time, so that it never exists
 * decoded as a whole.
 *
 * <p>Rows are outputs, columns inputs. Implementations may be called from several threads at once.
 */
public interface RowSource {

  /** Rows of the matrix. */
  int rows();

  /** Elements a row has. */
  int columns();

  /**
   * Decodes a rectangle of the matrix.
   *
   * @param firstColumn a multiple of {@value MatMul#SUM_BLOCK}
   * @param columnCount a multiple of {@value MatMul#SUM_BLOCK}, or what remains of the row
   * @param dst receives row {@code firstRow + r} from {@code r * stride} on
   * @param stride floats between the starts of two rows, at least {@code columnCount}
   */
  void decode(
      int firstRow, int rowCount, int firstColumn, int columnCount, float[] dst, int stride);
}
