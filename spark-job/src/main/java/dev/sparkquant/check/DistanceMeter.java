package dev.sparkquant.check;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.kernels.ByteSwap;
import dev.sparkquant.kernels.ErrorMeter;
import dev.sparkquant.kernels.Kernels;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures how far tensors of two models lie apart: both are decoded, a few at a time, and their
 * elements compared. Sums are added up in the order of the elements, so they do not depend on the
 * threads.
 */
public final class DistanceMeter {
  /** Elements of a piece: a multiple of every block length. */
  private static final int PIECE = 1 << 18;

  private final GgufModel a;
  private final GgufModel b;
  private final InputOpener opener;
  private final int threads;

  public DistanceMeter(GgufModel a, GgufModel b, InputOpener opener, int threads) {
    this.a = a;
    this.b = b;
    this.opener = opener;
    this.threads = threads;
  }

  /** Whether the tensors of a pair can be measured: of one shape, and both decodable or alike. */
  public static boolean canMeasure(TensorPair pair) {
    return pair.isSameShape()
        && (pair.isAlike()
            || (Kernels.canDecode(pair.a().get().info().type())
                && Kernels.canDecode(pair.b().get().info().type())));
  }

  /**
   * Measures pairs.
   *
   * @param pairs that can be measured
   * @return a distance for each; nothing for integers that differ, which have no meaning here
   */
  public List<Optional<TensorDistance>> measure(List<TensorPair> pairs, ReadProgress progress)
      throws IOException {
    int[] firstPieces = new int[pairs.size() + 1];
    for (int i = 0; i < pairs.size(); i++) {
      long elements = pairs.get(i).a().orElseThrow().info().elements();
      firstPieces[i + 1] =
          Math.addExact(firstPieces[i], Math.toIntExact((elements + PIECE - 1) / PIECE));
    }
    TensorDistance[] distances = new TensorDistance[firstPieces[pairs.size()]];
    progress.started(
        pairs.stream()
            .mapToLong(pair -> pair.a().orElseThrow().bytes() + pair.b().orElseThrow().bytes())
            .sum());
    ParallelPieces.run(
        distances.length, threads, () -> new Meter(pairs, firstPieces, distances, progress));
    return IntStream.range(0, pairs.size())
        .mapToObj(
            i ->
                Arrays.stream(distances, firstPieces[i], firstPieces[i + 1])
                    .reduce(TensorDistance.IDENTICAL, TensorDistance::plus))
        .map(distance -> Double.isNaN(distance.squaredError()) ? null : distance)
        .map(Optional::ofNullable)
        .toList();
  }

  /** Measures pieces, counted over all pairs. */
  private final class Meter implements ParallelPieces.Worker {
    private final List<TensorPair> pairs;
    private final int[] firstPieces;
    private final TensorDistance[] distances;
    private final ReadProgress progress;
    private final Side first = new Side(a);
    private final Side second = new Side(b);

    Meter(
        List<TensorPair> pairs,
        int[] firstPieces,
        TensorDistance[] distances,
        ReadProgress progress) {
      this.pairs = pairs;
      this.firstPieces = firstPieces;
      this.distances = distances;
      this.progress = progress;
    }

    @Override
    public void work(int piece) throws IOException {
      int found = Arrays.binarySearch(firstPieces, piece);
      int index = found >= 0 ? found : -found - 2;
      TensorPair pair = pairs.get(index);
      ModelTensor tensor = pair.a().orElseThrow();
      long start = (long) (piece - firstPieces[index]) * PIECE;
      int elements = (int) Math.min(PIECE, tensor.info().elements() - start);
      first.read(tensor, start, elements);
      second.read(pair.b().orElseThrow(), start, elements);
      distances[piece] = distance(pair, elements);
      progress.advanced(first.length + (long) second.length);
    }

    private TensorDistance distance(TensorPair pair, int elements) {
      if (pair.isAlike()
          && Arrays.equals(first.bytes, 0, first.length, second.bytes, 0, second.length)) {
        return TensorDistance.IDENTICAL;
      }
      GgmlType type = pair.a().orElseThrow().info().type();
      if (!Kernels.canDecode(type)) {
        return new TensorDistance(false, Double.NaN, Double.NaN, Double.NaN);
      }
      ErrorMeter meter = Kernels.errorMeter();
      meter.add(first.decode(elements), 0, second.decode(elements), elements);
      return new TensorDistance(
          false, meter.squaredSource(), meter.squaredError(), meter.largestError());
    }

    @Override
    public void close() throws IOException {
      try (first.inputs;
          second.inputs) {
        // Both are closed, whatever closing one of them does.
      }
    }
  }

  /** One model's part of a piece. */
  private final class Side {
    private final GgufModel model;
    private final ModelInputs inputs;
    private final float[] floats = new float[PIECE];
    private byte[] bytes = {};
    private int length;
    private GgmlType type;

    Side(GgufModel model) {
      this.model = model;
      this.inputs = new ModelInputs(model, opener);
    }

    void read(ModelTensor tensor, long start, int elements) throws IOException {
      type = tensor.info().type();
      length = Math.toIntExact(type.bytes(elements));
      if (bytes.length < length) {
        bytes = new byte[length];
      }
      inputs
          .shard(tensor.shard())
          .readFully(tensor.position() + type.bytes(start), bytes, 0, length);
      if (model.shards().get(tensor.shard()).header().byteOrder() == ByteOrder.BIG_ENDIAN) {
        ByteSwap.toLittleEndian(type, bytes, 0, length);
      }
    }

    float[] decode(int elements) {
      Kernels.decoder(type).decode(bytes, 0, elements, floats, 0);
      return floats;
    }
  }
}
