package dev.sparkquant.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns metadata payloads of big-endian files into those of little-endian files, in place. */
final class ByteSwap {
  private ByteSwap() {}

  /** Swaps a whole payload, which was checked before. */
  static void payload(MetadataType type, byte[] payload) {
    value(type, ByteBuffer.wrap(payload).order(ByteOrder.BIG_ENDIAN), payload, 0);
  }

  /** Swaps the value that starts at {@code position}; returns where it ends. */
  private static int value(MetadataType type, ByteBuffer bytes, byte[] payload, int position) {
    switch (type) {
      case STRING:
        int size = (int) bytes.getLong(position);
        reverse(payload, position, 8);
        return position + 8 + size;
      case ARRAY:
        MetadataType elementType = MetadataType.fromId(bytes.getInt(position)).orElseThrow();
        int count = (int) bytes.getLong(position + 4);
        reverse(payload, position, 4);
        reverse(payload, position + 4, 8);
        int end = position + 4 + 8;
        for (int i = 0; i < count; i++) {
          end = value(elementType, bytes, payload, end);
        }
        return end;
      default:
        reverse(payload, position, type.width());
        return position + type.width();
    }
  }

  private static void reverse(byte[] payload, int start, int width) {
    for (int low = start, high = start + width - 1; low < high; low++, high--) {
      byte swapped = payload[low];
      payload[low] = payload[high];
      payload[high] = swapped;
    }
  }
}
