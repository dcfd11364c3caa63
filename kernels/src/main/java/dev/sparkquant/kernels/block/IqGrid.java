package dev.sparkquant.kernels.block;

/**
 * A code book of an IQ format: points of a few coordinates each, looked up by index.
 *
 * <p>Coordinates are small integers; a block's scale makes weights of them.
 */
public final class IqGrid {
  private final byte[] coordinates;
  private final int dimensions;

  /** Takes over {@code coordinates}: point after point, {@code dimensions} numbers each. */
  IqGrid(byte[] coordinates, int dimensions) {
    this.coordinates = coordinates;
    this.dimensions = dimensions;
  }

  /** Coordinates of a point: the weights it stands for. */
  public int dimensions() {
    return dimensions;
  }

  /** Number of points. */
  public int size() {
    return coordinates.length / dimensions;
  }

  /** One coordinate of a point. */
  public int coordinate(int point, int dimension) {
    return coordinates[point * dimensions + dimension];
  }
}
