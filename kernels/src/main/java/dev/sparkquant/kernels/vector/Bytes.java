package dev.sparkquant.kernels.vector;

import static dev.sparkquant.kernels.vector.Lanes.COUNT;
import static dev.sparkquant.kernels.vector.Lanes.INTS;

import dev.sparkquant.kernels.block.LittleEndian;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Moves bytes and shorts between byte arrays and the lanes of integer vectors. */
final class Bytes {
  /** As many bytes as a vector has lanes; there is no species of four bytes. */
  private static final VectorSpecies<Byte> BYTES =
      COUNT == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  /** The bytes of as many shorts as a vector has lanes. */
  private static final VectorSpecies<Byte> SHORT_BYTES =
      switch (COUNT) {
        case 16 -> ByteVector.SPECIES_256;
        case 8 -> ByteVector.SPECIES_128;
        default -> ByteVector.SPECIES_64;
      };

  private static final VectorSpecies<Short> SHORTS = SHORT_BYTES.withLanes(short.class);

  /** The bytes of as many ints as a vector has lanes. */
  private static final VectorSpecies<Byte> INT_BYTES = INTS.withLanes(byte.class);

  private static final Class<?> BYTES_CLASS = BYTES.vectorType();
  private static final Class<?> SHORT_BYTES_CLASS = SHORT_BYTES.vectorType();
  private static final Class<?> INT_BYTES_CLASS = INT_BYTES.vectorType();
  private static final Class<?> SHORTS_CLASS = SHORTS.vectorType();

  /** The number of each lane, from 0 on, for as many lanes as a word has bits. */
  private static final int[] NUMBERS = new int[Integer.SIZE + 16];

  /** Bit numbers of bytes 0 to 3 of a word, and how far they are from the top. */
  private static final int[] BYTE_PLACES = {0, 8, 16, 24};

  private static final int[] BYTES_TO_TOP = {24, 16, 8, 0};

  static {
    for (int i = 0; i < NUMBERS.length; i++) {
      NUMBERS[i] = i;
    }
  }

  private Bytes() {}

  /** A byte a lane from {@code src[at]} on, signed. */
  static IntVector load(byte[] src, int at) {
    if (COUNT == 4) {
      return IntVector.broadcast(INTS, LittleEndian.getInt(src, at))
          .lanewise(VectorOperators.LSHL, IntVector.fromArray(INTS, BYTES_TO_TOP, 0))
          .lanewise(VectorOperators.ASHR, 24);
    }
    ByteVector bytes = typed(ByteVector.fromArray(BYTES, src, at));
    return Lanes.typed((IntVector) bytes.convertShape(VectorOperators.B2I, INTS, 0));
  }

  /** Stores the low byte of every lane from {@code dst[at]} on. */
  static void store(IntVector bytes, byte[] dst, int at) {
    if (COUNT == 4) {
      int word =
          Lanes.typed(bytes)
              .and(0xFF)
              .lanewise(VectorOperators.LSHL, IntVector.fromArray(INTS, BYTE_PLACES, 0))
              .reduceLanes(VectorOperators.OR);
      LittleEndian.putInt(dst, at, word);
    } else {
      typed((ByteVector) Lanes.typed(bytes).convertShape(VectorOperators.I2B, BYTES, 0))
          .intoArray(dst, at);
    }
  }

  /** A little-endian short a lane from byte {@code src[at]} on, signed. */
  static IntVector loadShorts(byte[] src, int at) {
    ByteVector pairs =
        (ByteVector) SHORT_BYTES_CLASS.cast(ByteVector.fromArray(SHORT_BYTES, src, at));
    ShortVector shorts = typed(pairs.reinterpretAsShorts());
    return Lanes.typed((IntVector) shorts.convertShape(VectorOperators.S2I, INTS, 0));
  }

  /** A little-endian int a lane from byte {@code src[at]} on. */
  static IntVector loadInts(byte[] src, int at) {
    ByteVector bytes = (ByteVector) INT_BYTES_CLASS.cast(ByteVector.fromArray(INT_BYTES, src, at));
    return Lanes.typed(bytes.reinterpretAsInts());
  }

  /** Stores the low half of every lane as a little-endian short, from byte {@code dst[at]} on. */
  static void storeShorts(IntVector shorts, byte[] dst, int at) {
    ShortVector halves =
        typed((ShortVector) Lanes.typed(shorts).convertShape(VectorOperators.I2S, SHORTS, 0));
    ((ByteVector) SHORT_BYTES_CLASS.cast(halves.reinterpretAsBytes())).intoArray(dst, at);
  }

  /** The bits of a word from bit {@code first} on, the lowest bit of each lane; the rest is any. */
  static IntVector spreadBits(int word, int first) {
    return IntVector.broadcast(INTS, word)
        .lanewise(VectorOperators.LSHR, IntVector.fromArray(INTS, NUMBERS, first));
  }

  /** As {@link #spreadBits}, with two bits a lane. */
  static IntVector spreadPairs(int word, int first) {
    IntVector numbers = IntVector.fromArray(INTS, NUMBERS, first);
    return IntVector.broadcast(INTS, word).lanewise(VectorOperators.LSHR, numbers.add(numbers));
  }

  static FloatVector toFloat(IntVector integers) {
    return Lanes.typed((FloatVector) Lanes.typed(integers).convert(VectorOperators.I2F, 0));
  }

  private static ByteVector typed(ByteVector vector) {
    return (ByteVector) BYTES_CLASS.cast(vector);
  }

  private static ShortVector typed(ShortVector vector) {
    return (ShortVector) SHORTS_CLASS.cast(vector);
  }
}
