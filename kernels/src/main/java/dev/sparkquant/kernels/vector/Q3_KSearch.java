package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Searches the scale that represents a sub-block of Q3_K best as {@code x = scale * level} with
 * levels from -4 to 3, each lane a sub-block of its own: starts from the scale that maps the
 * largest magnitude to -4, then moves single levels as long as that lessens the error weighted with
 * the squares of the elements.
 *
 * <p>Every move needs the sums that the one before it left, so a lane is a chain of dependent
 * operations with a division in it. Two groups are searched in the same loop to fill the waiting. A
 * lane that no longer changes does not change again: rounds go on until no lane changes.
 *
 * <p>Source: {@code make_q3_quants} in ggml.
 */
final class Q3_KSearch {
  private static final int SUM_LX = 0;
  private static final int SUM_L2 = Lanes.COUNT;
  private static final int GROUP_SIZE = 2 * Lanes.COUNT;

  /** Floats of scratch memory that a search needs. */
  static final int SIZE = 2 * GROUP_SIZE;

  private static final int MAX_ROUNDS = 5;
  private static final int HALF = 4;

  /** The 23 bits that ggml's rounding keeps, and what the others are of a rounded number. */
  private static final int KEPT = 0x007F_FFFF;

  private static final int OTHERS = 0x4B00_0000;

  /** The lowest and the highest level as such bits. */
  private static final int LOWEST = (Rounding.ZERO & KEPT) - HALF;

  private static final int HIGHEST = (Rounding.ZERO & KEPT) + HALF - 1;

  private final int scratch;
  private final Stage start;
  private final Stage improve;
  private final Stage finish;

  /** Whether the last round moved a level. */
  private boolean changed;

  /**
   * A search over sub-blocks of {@code length} elements.
   *
   * @param scratch where {@link #SIZE} floats of scratch memory start
   */
  Q3_KSearch(int length, int scratch) {
    this.scratch = scratch;
    int size = length * Records.SIZE;
    start = (m, records, slot, sums, d) -> start(m, records, size, slot, sums);
    improve = (m, a, b, c, d) -> changed = improve(m, a, b, size, scratch);
    finish = (m, records, slot, sums, d) -> finish(m, records, size, slot, sums);
  }

  /**
   * Searches for two groups of sub-blocks, whose levels it leaves in their records as floats.
   *
   * @param a the record of the first element of a group, with squares for weights
   * @param b the same of the other group
   * @param slotA the {@link SymmetricSlot} that receives the result for {@code a}
   * @param slotB the one for {@code b}
   */
  void search(float[] memory, int a, int b, int slotA, int slotB) {
    Stage.run(start, memory, a, slotA, scratch, 0);
    Stage.run(start, memory, b, slotB, scratch + GROUP_SIZE, 0);
    changed = true;
    for (int round = 0; round < MAX_ROUNDS && changed; round++) {
      Stage.run(improve, memory, a, b);
    }
    Stage.run(finish, memory, a, slotA, scratch, 0);
    Stage.run(finish, memory, b, slotB, scratch + GROUP_SIZE, 0);
  }

  /** Rounds with the first scale. */
  private static void start(float[] memory, int records, int size, int slot, int sums) {
    IntVector magnitude = IntVector.zero(Lanes.INTS);
    for (int at = records; at < records + size; at += Records.SIZE) {
      magnitude = magnitude.max(Rounding.magnitude(load(memory, at + Records.X)));
    }
    FloatVector extreme = Lanes.zero();
    for (int at = records + size - Records.SIZE; at >= records; at -= Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      VectorMask<Integer> largest = Rounding.magnitude(x).compare(VectorOperators.EQ, magnitude);
      extreme = extreme.blend(x, largest.cast(Lanes.FLOATS));
    }
    FloatVector inverse = Lanes.broadcast(-HALF).div(extreme);
    FloatVector sumLx = Lanes.zero();
    FloatVector sumL2 = Lanes.zero();
    for (int at = records; at < records + size; at += Records.SIZE) {
      FloatVector x = load(memory, at + Records.X);
      FloatVector w = load(memory, at + Records.WEIGHT);
      FloatVector level = level(x.mul(inverse));
      sumLx = sumLx.add(w.mul(x).mul(level));
      sumL2 = sumL2.add(w.mul(level).mul(level));
      level.intoArray(memory, at + Records.LEVEL);
    }
    extreme.intoArray(memory, slot + SymmetricSlot.EXTREME);
    sumLx.intoArray(memory, sums + SUM_LX);
    sumL2.intoArray(memory, sums + SUM_L2);
  }

  /** Goes once through the levels and moves those that gain by it; whether any lane did. */
  private static boolean improve(float[] memory, int a, int b, int size, int sums) {
    FloatVector lxA = load(memory, sums + SUM_LX);
    FloatVector l2A = load(memory, sums + SUM_L2);
    FloatVector lxB = load(memory, sums + GROUP_SIZE + SUM_LX);
    FloatVector l2B = load(memory, sums + GROUP_SIZE + SUM_L2);
    IntVector changes = IntVector.zero(Lanes.INTS);
    for (int i = 0; i < size; i += Records.SIZE) {
      FloatVector xA = load(memory, a + i + Records.X);
      FloatVector wA = load(memory, a + i + Records.WEIGHT);
      FloatVector levelA = load(memory, a + i + Records.LEVEL);
      FloatVector wxA = wA.mul(xA);
      FloatVector xB = load(memory, b + i + Records.X);
      FloatVector wB = load(memory, b + i + Records.WEIGHT);
      FloatVector levelB = load(memory, b + i + Records.LEVEL);
      FloatVector wxB = wB.mul(xB);

      FloatVector othersLxA = lxA.sub(wxA.mul(levelA));
      FloatVector othersL2A = l2A.sub(wA.mul(levelA).mul(levelA));
      FloatVector movedA =
          xA.mul(othersL2A)
              .div(othersLxA)
              .add(Rounding.ROUNDER)
              .reinterpretAsInts()
              .and(KEPT)
              .max(LOWEST)
              .min(HIGHEST)
              .or(OTHERS)
              .reinterpretAsFloats()
              .sub(Rounding.ROUNDER);
      FloatVector movedLxA = othersLxA.add(wxA.mul(movedA));
      FloatVector movedL2A = othersL2A.add(wA.mul(movedA).mul(movedA));
      VectorMask<Float> gainsA =
          movedLxA
              .mul(movedLxA)
              .mul(l2A)
              .compare(VectorOperators.GT, lxA.mul(lxA).mul(movedL2A))
              .and(othersLxA.compare(VectorOperators.GT, 0f))
              .and(movedL2A.compare(VectorOperators.GT, 0f))
              .and(movedA.compare(VectorOperators.NE, levelA));
      levelA.blend(movedA, gainsA).intoArray(memory, a + i + Records.LEVEL);
      lxA = lxA.blend(movedLxA, gainsA);
      l2A = l2A.blend(movedL2A, gainsA);

      FloatVector othersLxB = lxB.sub(wxB.mul(levelB));
      FloatVector othersL2B = l2B.sub(wB.mul(levelB).mul(levelB));
      FloatVector movedB =
          xB.mul(othersL2B)
              .div(othersLxB)
              .add(Rounding.ROUNDER)
              .reinterpretAsInts()
              .and(KEPT)
              .max(LOWEST)
              .min(HIGHEST)
              .or(OTHERS)
              .reinterpretAsFloats()
              .sub(Rounding.ROUNDER);
      FloatVector movedLxB = othersLxB.add(wxB.mul(movedB));
      FloatVector movedL2B = othersL2B.add(wB.mul(movedB).mul(movedB));
      VectorMask<Float> gainsB =
          movedLxB
              .mul(movedLxB)
              .mul(l2B)
              .compare(VectorOperators.GT, lxB.mul(lxB).mul(movedL2B))
              .and(othersLxB.compare(VectorOperators.GT, 0f))
              .and(movedL2B.compare(VectorOperators.GT, 0f))
              .and(movedB.compare(VectorOperators.NE, levelB));
      levelB.blend(movedB, gainsB).intoArray(memory, b + i + Records.LEVEL);
      lxB = lxB.blend(movedLxB, gainsB);
      l2B = l2B.blend(movedL2B, gainsB);

      changes = changes.blend(1, gainsA.or(gainsB).cast(Lanes.INTS));
    }
    lxA.intoArray(memory, sums + SUM_LX);
    l2A.intoArray(memory, sums + SUM_L2);
    lxB.intoArray(memory, sums + GROUP_SIZE + SUM_LX);
    l2B.intoArray(memory, sums + GROUP_SIZE + SUM_L2);
    return changes.compare(VectorOperators.NE, 0).anyTrue();
  }

  /** Fits the scale; elements that count as zero have scale 0 and the lowest level. */
  private static void finish(float[] memory, int records, int size, int slot, int sums) {
    FloatVector sumLx = load(memory, sums + SUM_LX);
    FloatVector sumL2 = load(memory, sums + SUM_L2);
    FloatVector magnitude = load(memory, slot + SymmetricSlot.EXTREME).abs();
    VectorMask<Float> zero = magnitude.compare(VectorOperators.LT, SymmetricSlot.ZERO);
    VectorMask<Float> fits = sumL2.compare(VectorOperators.GT, 0f);
    Lanes.zero()
        .blend(sumLx.div(sumL2), fits)
        .blend(0f, zero)
        .intoArray(memory, slot + SymmetricSlot.SCALE);
    if (zero.anyTrue()) {
      for (int at = records; at < records + size; at += Records.SIZE) {
        load(memory, at + Records.LEVEL)
            .blend((float) -HALF, zero)
            .intoArray(memory, at + Records.LEVEL);
      }
    }
  }

  /** The nearest level, as ggml rounds numbers of any size. */
  private static FloatVector level(FloatVector scaled) {
    IntVector kept = Rounding.round(scaled).and(KEPT).max(LOWEST).min(HIGHEST);
    return Rounding.toFloat(kept.or(OTHERS));
  }
}
