package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.MatMul;
import dev.sparkquant.kernels.linalg.TokenTiles;
import dev.sparkquant.kernels.linalg.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Products of several tracks' weights with their activations; equal weights are decoded once. */
final class WeightProducts {
  private final MatMul matMul;
  private final TensorClasses classes;
  private final RowWindows windows = new RowWindows();

  WeightProducts(Workers workers, TensorClasses classes) {
    this.matMul = new MatMul(workers);
    this.classes = classes;
  }

  /** Bytes that each thread takes at most: decoded weights, and the rows they come from. */
  static long bytesEach(List<LanguageModel> models) {
    long longestRow =
        models.stream()
            .flatMap(model -> model.tensors().stream())
            .mapToLong(TensorRows::rowBytes)
            .max()
            .orElse(0);
    return MatMul.PANEL_BYTES + MatMul.PANEL_ROWS * longestRow;
  }

  /**
   * Computes {@code y = w x} for every track.
   *
   * @param weights a matrix a track
   * @param xs what each is multiplied with
   * @param ys receive the products
   */
  void multiply(List<TensorRows> weights, List<TokenTiles> xs, List<TokenTiles> ys) {
    multiplyRows(weights, 0, weights.get(0).rows(), xs, ys);
  }

  /** The same with some rows of the matrices. */
  void multiplyRows(
      List<TensorRows> weights, long firstRow, int rows, List<TokenTiles> xs, List<TokenTiles> ys) {
    Map<TensorRows, List<Integer>> tracks =
        IntStream.range(0, weights.size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    track -> classes.representative(weights.get(track)),
                    LinkedHashMap::new,
                    Collectors.toList()));
    tracks.forEach(
        (weight, same) ->
            matMul.multiply(
                new FileRows(weight, firstRow, rows, windows),
                same.stream().map(xs::get).toList(),
                same.stream().map(ys::get).toList()));
  }
}
