package dev.sparkquant.kernels.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads and writes little-endian numbers anywhere in a byte array.
 *
 * <p>Positions are byte indexes and need no alignment; one beyond the array throws {@link
 * IndexOutOfBoundsException}.
 */
public final class LittleEndian {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle FLOAT = view(float[].class);

  private LittleEndian() {}

  public static short getShort(byte[] bytes, int position) {
    return (short) SHORT.get(bytes, position);
  }

  public static int getInt(byte[] bytes, int position) {
    return (int) INT.get(bytes, position);
  }

  public static long getLong(byte[] bytes, int position) {
    return (long) LONG.get(bytes, position);
  }

  public static float getFloat(byte[] bytes, int position) {
    return (float) FLOAT.get(bytes, position);
  }

  public static void putShort(byte[] bytes, int position, short value) {
    SHORT.set(bytes, position, value);
  }

  public static void putInt(byte[] bytes, int position, int value) {
    INT.set(bytes, position, value);
  }

  public static void putLong(byte[] bytes, int position, long value) {
    LONG.set(bytes, position, value);
  }

  public static void putFloat(byte[] bytes, int position, float value) {
    FLOAT.set(bytes, position, value);
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }
}
