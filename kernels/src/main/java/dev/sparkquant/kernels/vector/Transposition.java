package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.loadBits;
import static dev.sparkquant.kernels.vector.Lanes.storeBits;
import static dev.sparkquant.kernels.vector.Lanes.typed;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Turns the blocks of a tile, one after the other in memory, into records, one block a lane.
 *
 * <p>As many elements of all lanes as a vector holds make a square, a row a lane. In each of its
 * passes every two rows exchange what lies beside the diagonal of the squares of 2, 4, 8 and 16
 * that they are halves of. Copied one by one elements take twice as long, for each is stored to
 * another cache line.
 *
 * <p>They are moved as the bits of integers. A shuffle compares itself with a vector of zeroes when
 * it is used; the compiler reads zeroes that are floats again after every store of floats.
 */
final class Transposition {
  private static final VectorShuffle<Integer> SWAP_1 = swap(1);
  private static final VectorShuffle<Integer> SWAP_2 = swap(2);
  private static final VectorShuffle<Integer> SWAP_4 = swap(4);
  private static final VectorShuffle<Integer> SWAP_8 = swap(8);

  private static final IntVector UPPER_1 = upperOf(1);
  private static final IntVector UPPER_2 = upperOf(2);
  private static final IntVector UPPER_4 = upperOf(4);
  private static final IntVector UPPER_8 = upperOf(8);

  private final Stage exchange1;
  private final Stage exchange2;
  private final Stage exchange4;
  private final Stage exchange8;

  /** What {@link #exchange1} reads. */
  private float[] src;

  /** A transposition of {@code length} elements a lane, a multiple of the lanes. */
  Transposition(int length) {
    exchange1 = (m, a, b, row, d) -> exchange1(src, a, b, length, m, row);
    exchange2 = (m, at, b, c, d) -> exchange2(m, at, length);
    exchange4 = (m, at, b, c, d) -> exchange4(m, at, length);
    exchange8 = (m, at, b, c, d) -> exchange8(m, at, length);
  }

  /**
   * Transposes into records.
   *
   * @param from where in {@code src} the elements of each lane start
   * @param at the vector in the first record that receives the first elements
   */
  void toRecords(float[] src, int[] from, float[] memory, int at) {
    this.src = src;
    for (int lane = 0; lane < Lanes.COUNT; lane += 2) {
      int row = at + lane * Records.SIZE;
      Stage.run(exchange1, memory, from[lane], from[lane + 1], row, 0);
    }
    Stage.run(exchange2, memory, at, 0);
    if (Lanes.COUNT > 4) {
      Stage.run(exchange4, memory, at, 0);
    }
    if (Lanes.COUNT > 8) {
      Stage.run(exchange8, memory, at, 0);
    }
  }

  private static void exchange1(float[] src, int a, int b, int length, float[] memory, int row) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      IntVector rowA = loadBits(src, a + i);
      IntVector rowB = loadBits(src, b + i);
      int to = row + i * Records.SIZE;
      storeBits(lower(rowA, rowB, SWAP_1, UPPER_1), memory, to);
      storeBits(upper(rowA, rowB, SWAP_1, UPPER_1), memory, to + Records.SIZE);
    }
  }

  private static void exchange2(float[] memory, int at, int length) {
    exchangeRows(memory, at, length, 2, SWAP_2, UPPER_2);
  }

  private static void exchange4(float[] memory, int at, int length) {
    exchangeRows(memory, at, length, 4, SWAP_4, UPPER_4);
  }

  private static void exchange8(float[] memory, int at, int length) {
    exchangeRows(memory, at, length, 8, SWAP_8, UPPER_8);
  }

  private static void exchangeRows(
      float[] memory,
      int at,
      int length,
      int lanes,
      VectorShuffle<Integer> swap,
      IntVector isUpper) {
    for (int square = 0; square < length; square += 2 * lanes) {
      for (int row = square; row < square + lanes; row++) {
        int a = at + row * Records.SIZE;
        int b = a + lanes * Records.SIZE;
        IntVector rowA = loadBits(memory, a);
        IntVector rowB = loadBits(memory, b);
        storeBits(lower(rowA, rowB, swap, isUpper), memory, a);
        storeBits(upper(rowA, rowB, swap, isUpper), memory, b);
      }
    }
  }

  /** Row a, with what is upper of it replaced by what is lower of row b. */
  private static IntVector lower(
      IntVector a, IntVector b, VectorShuffle<Integer> swap, IntVector isUpper) {
    return select(a, typed(b.rearrange(swap)), isUpper);
  }

  /** Row b, with what is lower of it replaced by what is upper of row a. */
  private static IntVector upper(
      IntVector a, IntVector b, VectorShuffle<Integer> swap, IntVector isUpper) {
    return select(typed(a.rearrange(swap)), b, isUpper);
  }

  /** The lanes of a, but those of b where all bits are set. */
  private static IntVector select(IntVector a, IntVector b, IntVector takeB) {
    IntVector difference = a.lanewise(VectorOperators.XOR, b).and(typed(takeB));
    return typed(a.lanewise(VectorOperators.XOR, difference));
  }

  /** Swaps {@code lanes} lanes with as many beside them. */
  private static VectorShuffle<Integer> swap(int lanes) {
    return VectorShuffle.fromOp(Lanes.INTS, lane -> (lane ^ lanes) % Lanes.COUNT);
  }

  /** All bits of the upper of every two times {@code lanes} lanes. */
  private static IntVector upperOf(int lanes) {
    IntVector lane = IntVector.zero(Lanes.INTS).addIndex(1);
    return IntVector.zero(Lanes.INTS).blend(-1, lane.and(lanes).compare(VectorOperators.NE, 0));
  }
}
