package dev.sparkquant.kernels.linalg;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A fingerprint of what this package computes, to compare between processes. */
final class Digest {
  private Digest() {}

  /** Prints the implementation's name and the fingerprint of its results. */
  public static void main(String[] args) {
    LaneKernels lanes = Linalg.choose(args[0]);
    System.out.println(lanes.name() + " " + of(lanes));
  }

  static String of(LaneKernels lanes) {
    int features = 70;
    TokenTiles x = Samples.activations(1, 300, 75);
    TokenTiles y = Samples.empty(features, 75);
    TokenTiles z = Samples.empty(features, 75);
    TokenTiles out = Samples.empty(features, 75);
    try (Workers workers = new Workers(2)) {
      MatMul product = new MatMul(workers, lanes);
      product.multiply(Samples.weights(Samples.gaussian(2, features * 300), features, 300), x, y);
      product.multiply(Samples.weights(Samples.gaussian(3, features * 300), features, 300), x, z);
    }
    float[] weight = Samples.gaussian(4, features);
    RopeTable rope = new RopeTable(66, 96, RopeScaling.yarn(5e5f, 4f, 64, 0f), null);
    AttentionShape shape = new AttentionShape(66, features, 0.1f, 0);
    TokenTiles gate = Samples.activations(7, features, 75);
    Attention attention = new Attention(75, lanes);
    LogSoftmax p = new LogSoftmax(lanes);
    LogSoftmax q = new LogSoftmax(lanes);
    for (int tile = 0; tile < x.tiles(); tile++) {
      new RmsNorm().apply(y, weight, 1e-6f, y, tile);
      rope.apply(RopeStyle.NEOX, y, 2, tile, tile);
    }
    for (int tile = 0; tile < x.tiles(); tile++) {
      attention.head(shape, y, 2, y, 2, z, 0, out, 0, tile);
      Elementwise.siluMultiply(lanes, gate, out, tile);
    }
    int[] bits = Samples.bits(out);
    p.take(Samples.gaussian(5, 3003), 0, 3003);
    q.take(Samples.gaussian(6, 3003), 0, 3003);
    ByteBuffer bytes = ByteBuffer.allocate(4 * bits.length + 16);
    bytes.asIntBuffer().put(bits);
    bytes.putDouble(4 * bits.length, p.logSum());
    bytes.putDouble(4 * bits.length + 8, p.divergence(q, -9));
    if (Arrays.stream(bits).anyMatch(b -> Float.isNaN(Float.intBitsToFloat(b)))) {
      throw new IllegalStateException("a result is not a number");
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
