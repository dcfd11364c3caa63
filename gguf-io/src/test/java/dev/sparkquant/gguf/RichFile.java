package dev.sparkquant.gguf;

import java.nio.ByteOrder;

/** A small file that has a bit of everything: every metadata type, nested arrays, four tensors. */
final class RichFile {
  /** Bytes that are no UTF-8. */
  static final byte[] NOT_UTF8 = {(byte) 0xFF, 0, (byte) 0xC3, 'x'};

  static final int ALIGNMENT = 64;

  /** Bytes of tensor data at the end; the last tensor is not padded. */
  static final int DATA_BYTES = 384 + 4;

  private static final int PAIRS = 21;

  private RichFile() {}

  static byte[] bytes(ByteOrder order, int version) {
    GgufBytes out = new GgufBytes(order).start(version, 4, PAIRS);
    out.key("general.architecture", MetadataType.STRING).string("llama");
    out.key("u8", MetadataType.UINT8).u8(0xFE);
    out.key("i8", MetadataType.INT8).u8(-2);
    out.key("u16", MetadataType.UINT16).u16(0xFEDC);
    out.key("i16", MetadataType.INT16).u16(-292);
    out.key("u32", MetadataType.UINT32).u32(0xFEDCBA98);
    out.key("i32", MetadataType.INT32).u32(-19088744);
    out.key("f32", MetadataType.FLOAT32).f32(-1.5e-7f);
    out.key("true", MetadataType.BOOL).u8(1);
    out.key("false", MetadataType.BOOL).u8(0);
    out.key("no utf-8", MetadataType.STRING).string(NOT_UTF8);
    out.key("empty", MetadataType.STRING).string("");
    out.key("u64", MetadataType.UINT64).u64(0xFEDCBA9876543210L);
    out.key("i64", MetadataType.INT64).u64(-81985529216486896L);
    out.key("f64", MetadataType.FLOAT64).f64(Math.E);
    out.key("general.alignment", MetadataType.UINT32).u32(ALIGNMENT);
    out.key("strings", MetadataType.ARRAY).array(MetadataType.STRING, 3);
    out.string("a").string(NOT_UTF8).string("Ünïcode ▁");
    out.key("numbers", MetadataType.ARRAY).array(MetadataType.INT16, 3).u16(1).u16(-2).u16(3);
    out.key("flags", MetadataType.ARRAY).array(MetadataType.BOOL, 2).u8(1).u8(0);
    out.key("nothing", MetadataType.ARRAY).array(MetadataType.FLOAT64, 0);
    out.key("nested", MetadataType.ARRAY).array(MetadataType.ARRAY, 3);
    out.array(MetadataType.UINT32, 2).u32(7).u32(8);
    out.array(MetadataType.ARRAY, 1).array(MetadataType.STRING, 1).string("deep");
    out.array(MetadataType.FLOAT64, 1).f64(0.1);
    out.tensor("token_embd.weight", GgmlType.F16.id(), 0, 32, 3);
    out.tensor("blk.0.attn_q.weight", GgmlType.Q4_0.id(), 192, 32, 2);
    out.tensor("blk.0.ffn_gate_exps.weight", GgmlType.F32.id(), 256, 5, 2, 3);
    out.tensor("output_norm.weight", GgmlType.F32.id(), 384, 1);
    out.padTo(ALIGNMENT);
    for (int i = 0; i < DATA_BYTES; i++) {
      out.u8(i);
    }
    return out.bytes();
  }
}
