package dev.sparkquant.gguf.imatrix;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufBytes;
import dev.sparkquant.gguf.MetadataType;
import java.nio.ByteOrder;

/** Writes importance matrices of both formats, sound or not. */
final class ImatrixBytes {
  private static final int ALIGNMENT = 32;

  private final ByteOrder order;
  private final GgufBytes infos;
  private final GgufBytes data;
  private int tensors;

  /** Starts a file of the GGUF format. */
  ImatrixBytes(ByteOrder order) {
    this.order = order;
    infos = new GgufBytes(order);
    data = new GgufBytes(order);
  }

  ImatrixBytes tensor(String name, float[] values, long... dimensions) {
    data.padTo(ALIGNMENT);
    infos.tensor(name, GgmlType.F32.id(), data.size(), dimensions);
    for (float value : values) {
      data.f32(value);
    }
    tensors++;
    return this;
  }

  /** The tensors added, after all the metadata needed. */
  byte[] bytes() {
    GgufBytes out = new GgufBytes(order).start(3, tensors, 4);
    out.key("general.type", MetadataType.STRING).string("imatrix");
    out.key("imatrix.datasets", MetadataType.ARRAY).array(MetadataType.STRING, 2);
    out.string("first.txt").string("second.txt");
    out.key("imatrix.chunk_count", MetadataType.UINT32).u32(40);
    out.key("imatrix.chunk_size", MetadataType.UINT32).u32(512);
    return out.raw(infos.bytes()).padTo(ALIGNMENT).raw(data.bytes()).bytes();
  }

  /** Appends an entry of the older format. */
  static GgufBytes entry(GgufBytes out, String name, int calls, float... values) {
    out.u32(name.length()).raw(name).u32(calls).u32(values.length);
    for (float value : values) {
      out.f32(value);
    }
    return out;
  }
}
