package dev.sparkquant.kernels.linalg;

/**
 * Activations of a group of tokens: a matrix of features by tokens, in tiles of {@value #LANES}
 * tokens.
 *
 * <p>Layout: feature {@code f} of token {@code t} is at {@code ((t / 32) * features + f) * 32 + t %
 * 32}. The last tile is padded: its lanes beyond the last token are computed like the others, never
 * influence them, and may hold anything.
 *
 * <p>A view of an array that the caller owns; the view holds no data of its own.
 */
public final class TokenTiles {

  /** Tokens a tile holds. */
  public static final int LANES = 32;

  private final float[] data;
  private final int offset;
  private final int features;
  private final int tokens;

  private TokenTiles(float[] data, int offset, int features, int tokens) {
    this.data = data;
    this.offset = offset;
    this.features = features;
    this.tokens = tokens;
  }

  /**
   * Floats that so many features of so many tokens take, padding included.
   *
   * @throws IllegalArgumentException if they are more than an array can hold, or not positive
   */
  public static int floats(int features, int tokens) {
    long floats = (long) tiles(tokens) * LANES * features;
    if (features <= 0 || tokens <= 0 || floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "Cannot hold " + features + " features of " + tokens + " tokens in one array");
    }
    return (int) floats;
  }

  /** Zeros for so many features of so many tokens, in an array of their own. */
  public static TokenTiles allocate(int features, int tokens) {
    return new TokenTiles(new float[floats(features, tokens)], 0, features, tokens);
  }

  /**
   * The same layout over part of an existing array, from {@code offset} on.
   *
   * @throws IllegalArgumentException if the array is too short
   */
  public static TokenTiles over(float[] data, int offset, int features, int tokens) {
    int floats = floats(features, tokens);
    if (offset < 0 || floats > data.length - offset) {
      throw new IllegalArgumentException(
          "Cannot place " + floats + " floats at " + offset + " of an array of " + data.length);
    }
    return new TokenTiles(data, offset, features, tokens);
  }

  /**
   * A view of {@code count} tokens from {@code firstToken} on, which starts a tile.
   *
   * @throws IllegalArgumentException if {@code firstToken} is inside a tile or the range is not
   *     inside these tokens
   */
  public TokenTiles slice(int firstToken, int count) {
    if (firstToken % LANES != 0 || firstToken < 0 || count <= 0 || count > tokens - firstToken) {
      throw new IllegalArgumentException(
          "Cannot view tokens "
              + firstToken
              + " + "
              + count
              + " of "
              + tokens
              + ": a view starts at a multiple of "
              + LANES);
    }
    return new TokenTiles(data, base(firstToken / LANES), features, count);
  }

  /** Features a token has. */
  public int features() {
    return features;
  }

  /** Tokens, padding not counted. */
  public int tokens() {
    return tokens;
  }

  /** Tiles, the padded one counted. */
  public int tiles() {
    return tiles(tokens);
  }

  /** One feature of one token. */
  public float get(int feature, int token) {
    return data[index(feature, token)];
  }

  /** Sets one feature of one token. */
  public void set(int feature, int token, float value) {
    data[index(feature, token)] = value;
  }

  /** Sets all features of a token from {@code features} floats. */
  public void setToken(int token, float[] src, int srcOffset) {
    int at = index(0, token);
    for (int f = 0; f < features; f++) {
      data[at + f * LANES] = src[srcOffset + f];
    }
  }

  /**
   * Copies the tokens of a tile out, a row a token.
   *
   * @param dst receives token {@code l} of the tile at {@code dstOffset + l * features}, as many
   *     rows as {@link #tokensOf(int)} says
   */
  public void copyRows(int tile, float[] dst, int dstOffset) {
    int base = base(tile);
    int lanes = tokensOf(tile);
    // A band of features stays in the first-level cache while all lanes read it.
    int band = 64;
    for (int first = 0; first < features; first += band) {
      int end = Math.min(first + band, features);
      for (int l = 0; l < lanes; l++) {
        int to = dstOffset + l * features;
        for (int f = first; f < end; f++) {
          dst[to + f] = data[base + f * LANES + l];
        }
      }
    }
  }

  /** Tokens in a tile: {@value #LANES}, or fewer in the last. */
  public int tokensOf(int tile) {
    return Math.min(LANES, tokens - tile * LANES);
  }

  /** The array behind this view. */
  float[] data() {
    return data;
  }

  /** Where a tile starts in {@link #data()}. */
  int base(int tile) {
    return offset + tile * features * LANES;
  }

  private int index(int feature, int token) {
    if (feature < 0 || feature >= features || token < 0 || token >= tokens) {
      throw new IndexOutOfBoundsException(
          "feature " + feature + " of " + features + ", token " + token + " of " + tokens);
    }
    return base(token / LANES) + feature * LANES + token % LANES;
  }

  private static int tiles(int tokens) {
    return (tokens + LANES - 1) / LANES;
  }
}
