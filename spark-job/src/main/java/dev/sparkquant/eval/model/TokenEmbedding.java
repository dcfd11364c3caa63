package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.kernels.RowDecoder;
import dev.sparkquant.kernels.linalg.TokenTiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Hidden states to begin with: the rows of the embedding matrix that the tokens name. */
final class TokenEmbedding {
  private final TokenGroup group;
  private final Map<Integer, int[]> places;

  /** Notes where each token stands, so that its row is read once. */
  TokenEmbedding(List<int[]> sequences, TokenGroup group) {
    this.group = group;
    this.places = new TreeMap<>();
    for (int sequence = 0; sequence < sequences.size(); sequence++) {
      int[] tokens = sequences.get(sequence);
      for (int position = 0; position < tokens.length; position++) {
        int place = group.token(sequence, position);
        places.merge(
            tokens[position],
            new int[] {place},
            (some, one) -> IntStream.concat(IntStream.of(some), IntStream.of(one)).toArray());
      }
    }
  }

  /**
   * Reads the rows of one model.
   *
   * @return the states of all tokens, zero in the padding
   * @throws ModelException if a token is not in the vocabulary
   */
  float[] of(LanguageModel model) throws IOException {
    TensorRows matrix = model.embedding();
    float[] states = new float[TokenTiles.floats(matrix.rowLength(), group.tokens())];
    TokenTiles tiles = TokenTiles.over(states, 0, matrix.rowLength(), group.tokens());
    RowDecoder decoder = Kernels.decoder(matrix.type());
    byte[] bytes = new byte[matrix.rowBytes()];
    float[] row = new float[matrix.rowLength()];
    for (Map.Entry<Integer, int[]> token : places.entrySet()) {
      if (token.getKey() < 0 || token.getKey() >= matrix.rows()) {
        throw new ModelException(
            model.name(),
            String.format(
                "token %d is not in its vocabulary of %d", token.getKey(), matrix.rows()));
      }
      matrix.read(token.getKey(), 1, bytes, 0);
      decoder.decode(bytes, 0, row.length, row, 0);
      for (int place : token.getValue()) {
        tiles.setToken(place, row, 0);
      }
    }
    return states;
  }
}
