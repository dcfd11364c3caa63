package dev.sparkquant.kernels.linalg;

import static dev.sparkquant.kernels.linalg.TokenTiles.LANES;

import java.util.Arrays;

/**
 * Causal attention of one head: {@code out_t = sum over s <= t of softmax_s(scale * q_t . k_s)
 * v_s}.
 *
 * <p>A tile of 32 queries at a time against all keys it may see, so that scores take {@code 32 *
 * tokens} floats and never tokens by tokens. A score is one chain of fused multiply-adds over the
 * head's features; softmax is {@link LaneSoftmax}'s; the output is a chain over the keys of a tile
 * from 0, the tiles' sums added in order, multiplied last by the inverse of the softmax's sum.
 *
 * <p>Several query heads may share a key and value head: pass the same features. An instance
 * belongs to one thread.
 */
public final class Attention {
  private final TileProduct product;
  private final LaneSoftmax softmax;
  private final float[] scores;

  /** Attention over sequences of at most {@code tokens} tokens. */
  public Attention(int tokens) {
    this(tokens, Linalg.LANES);
  }

  Attention(int tokens, LaneKernels lanes) {
    product = new TileProduct(lanes);
    softmax = new LaneSoftmax(lanes);
    scores = new float[TokenTiles.floats(LANES, tokens)];
  }

  /**
   * Computes one head's output for the queries of one tile of a sequence.
   *
   * @param q queries of one sequence, rotated; the head's are {@code keyLength} features from
   *     {@code qFeature} on
   * @param k its keys, rotated; the head's from {@code kFeature} on
   * @param v its values; the head's are {@code valueLength} features from {@code vFeature} on
   * @param out receives {@code valueLength} features from {@code outFeature} on, of the tokens of
   *     {@code tile}
   * @throws IllegalArgumentException if a head is not inside its activations, their tokens differ,
   *     or they are more than this instance takes
   */
  public void head(
      AttentionShape shape,
      TokenTiles q,
      int qFeature,
      TokenTiles k,
      int kFeature,
      TokenTiles v,
      int vFeature,
      TokenTiles out,
      int outFeature,
      int tile) {
    check(q, q, qFeature, shape.keyLength());
    check(q, k, kFeature, shape.keyLength());
    check(q, v, vFeature, shape.valueLength());
    check(q, out, outFeature, shape.valueLength());
    int firstKey = shape.window() == 0 ? 0 : Math.max(0, tile * LANES - shape.window() + 1);
    int firstTile = firstKey / LANES;
    for (int t = firstTile; t <= tile; t++) {
      scoreTile(shape, q, qFeature, k, kFeature, tile, t, (t - firstTile) * LANES * LANES);
    }
    int keys = (tile - firstTile) * LANES + q.tokensOf(tile);
    softmax.exponentials(scores, 0, keys, shape.scale());
    int outOffset = out.base(tile) + outFeature * LANES;
    for (int t = firstTile; t <= tile; t++) {
      product.multiply(
          scores,
          (t - firstTile) * LANES * LANES,
          v.data(),
          v.base(t) + vFeature * LANES,
          LANES,
          1,
          v.tokensOf(t),
          shape.valueLength(),
          out.data(),
          outOffset,
          t == firstTile);
    }
    softmax.normalize(out.data(), outOffset, shape.valueLength());
  }

  /** Scores of a tile of queries with a tile of keys: a row a key, a lane a query. */
  private void scoreTile(
      AttentionShape shape,
      TokenTiles q,
      int qFeature,
      TokenTiles k,
      int kFeature,
      int queryTile,
      int keyTile,
      int offset) {
    int keys = k.tokensOf(keyTile);
    product.multiply(
        q.data(),
        q.base(queryTile) + qFeature * LANES,
        k.data(),
        k.base(keyTile) + kFeature * LANES,
        1,
        LANES,
        shape.keyLength(),
        keys,
        scores,
        offset,
        true);
    int distance = (queryTile - keyTile) * LANES;
    for (int key = 0; key < keys; key++) {
      int row = offset + key * LANES;
      // Lanes see keys that are not after them: lane >= key - distance.
      int seenFrom = Math.min(LANES, Math.max(0, key - distance));
      Arrays.fill(scores, row, row + seenFrom, Float.NEGATIVE_INFINITY);
      if (shape.window() > 0) {
        // ... and fewer than the window before: lane < key - distance + window.
        int seenTo = Math.min(LANES, Math.max(0, key - distance + shape.window()));
        Arrays.fill(scores, row + seenTo, row + LANES, Float.NEGATIVE_INFINITY);
      }
    }
  }

  private void check(TokenTiles q, TokenTiles part, int feature, int length) {
    if (feature < 0 || length > part.features() - feature) {
      throw new IllegalArgumentException(
          "Cannot attend: a head of "
              + length
              + " features from "
              + feature
              + " on is not inside "
              + part.features());
    }
    if (part.tokens() != q.tokens() || q.tiles() * LANES * LANES > scores.length) {
      throw new IllegalArgumentException(
          "Cannot attend: "
              + q.tokens()
              + " queries, "
              + part.tokens()
              + " keys, values or outputs, scores for "
              + scores.length / LANES);
    }
  }
}
