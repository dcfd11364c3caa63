package dev.sparkquant.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.kernels.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two models have in common and what not. */
class ModelComparisonTest {
  @TempDir private Path folder;

  private GgufModel open(ModelFile model, String name) throws IOException {
    return GgufModel.open(model.write(folder.resolve(name)));
  }

  private List<Optional<TensorDistance>> measure(GgufModel a, GgufModel b, int threads)
      throws IOException {
    List<TensorPair> pairs =
        TensorPair.of(a, b).stream().filter(DistanceMeter::canMeasure).toList();
    return new DistanceMeter(a, b, InputOpener.local(), threads).measure(pairs, ReadProgress.NONE);
  }

  @Test
  void metadataDifferByValueTypeOrAbsence() throws IOException {
    GgufModel a =
        open(
            new ModelFile()
                .metadata("same", MetadataValue.ofUint32(1))
                .metadata("value", MetadataValue.ofUint32(1))
                .metadata("type", MetadataValue.ofUint32(1))
                .metadata("gone", MetadataValue.ofBool(true)),
            "a.gguf");
    GgufModel b =
        open(
            new ModelFile()
                .metadata("new", MetadataValue.ofBool(true))
                .metadata("type", MetadataValue.ofInt32(1))
                .metadata("value", MetadataValue.ofUint32(2))
                .metadata("same", MetadataValue.ofUint32(1)),
            "b.gguf");
    List<MetadataDifference> found = MetadataDifference.between(a.metadata(), b.metadata());
    assertThat(found)
        .extracting(MetadataDifference::key)
        .containsExactly("value", "type", "gone", "new");
    assertThat(found.get(2).b()).isEmpty();
    assertThat(found.get(3).a()).isEmpty();
  }

  @Test
  void tensorsArePairedByName() throws IOException {
    byte[] four = ModelFile.numbers(1, 2, 3, 4);
    GgufModel a =
        open(
            new ModelFile()
                .tensor("alike", GgmlType.F32, four, 4L)
                .tensor("flat", GgmlType.F32, four, 4L)
                .tensor("shape", GgmlType.F32, four, 4L)
                .tensor("type", GgmlType.F32, four, 4L)
                .tensor("gone", GgmlType.F32, four, 4L),
            "a.gguf");
    GgufModel b =
        open(
            new ModelFile()
                .tensor("new", GgmlType.F32, four, 4L)
                .tensor("type", GgmlType.BF16, new byte[8], 4L)
                .tensor("shape", GgmlType.F32, four, 2L, 2L)
                .tensor("flat", GgmlType.F32, four, 4L, 1L)
                .tensor("alike", GgmlType.F32, four, 4L),
            "b.gguf");
    List<TensorPair> pairs = TensorPair.of(a, b);
    assertThat(pairs)
        .extracting(TensorPair::name)
        .containsExactly("alike", "flat", "shape", "type", "gone", "new");
    assertThat(pairs)
        .extracting(TensorPair::isAlike)
        .containsExactly(true, true, false, false, false, false);
    assertThat(pairs)
        .extracting(DistanceMeter::canMeasure)
        .containsExactly(true, true, false, true, false, false);
  }

  @Test
  void distancesAreThoseOfTheDecodedElements() throws IOException {
    // Several pieces, the last of them not full.
    GgufModel a = open(new ModelFile().random("w", GgmlType.F32, 3, 1024, 777), "a.gguf");
    GgufModel b = open(new ModelFile().random("w", GgmlType.Q4_K, 3, 1024, 777), "b.gguf");

    TensorDistance distance = measure(a, b, 1).get(0).orElseThrow();

    float[] source = ModelFile.floats(3, 1024 * 777);
    byte[] blocks = new byte[Math.toIntExact(GgmlType.Q4_K.bytes(source.length))];
    Kernels.encoder(GgmlType.Q4_K).encode(source, 0, 777, 1024, null, 0, blocks, 0);
    float[] decoded = new float[source.length];
    Kernels.decoder(GgmlType.Q4_K).decode(blocks, 0, decoded.length, decoded, 0);
    double squares = 0;
    double squaredError = 0;
    double largest = 0;
    for (int i = 0; i < source.length; i++) {
      double error = (double) decoded[i] - source[i];
      squares += (double) source[i] * source[i];
      squaredError += error * error;
      largest = Math.max(largest, Math.abs(error));
    }
    assertThat(distance.squares()).isCloseTo(squares, Offset.offset(1e-5 * squares));
    assertThat(distance.squaredError()).isCloseTo(squaredError, Offset.offset(1e-5 * squaredError));
    assertThat(distance.largestError()).isCloseTo(largest, Offset.offset(1e-6));
    assertThat(distance.identical()).isFalse();
    assertThat(measure(a, b, 4).get(0)).contains(distance);
  }

  @Test
  void identicalAndIncomparableTensorsAreTold() throws IOException {
    GgufModel a =
        open(
            new ModelFile()
                .random("w", GgmlType.Q6_K, 1, 256, 4)
                .tensor("counts", GgmlType.I32, new byte[8], 2L)
                .tensor("zeros", GgmlType.F32, new byte[8], 2L),
            "a.gguf");
    GgufModel b =
        open(
            new ModelFile()
                .random("w", GgmlType.Q6_K, 1, 256, 4)
                .tensor("counts", GgmlType.I32, new byte[] {0, 0, 0, 0, 1, 0, 0, 0}, 2L)
                .tensor("zeros", GgmlType.F32, ModelFile.numbers(0, -2), 2L),
            "b.gguf");
    List<Optional<TensorDistance>> distances = measure(a, b, 2);
    assertThat(distances.get(0)).contains(new TensorDistance(true, 0, 0, 0));
    assertThat(distances.get(1)).isEmpty();
    assertThat(distances.get(2)).contains(new TensorDistance(false, 0, 4, 2));
    assertThat(distances.get(2).orElseThrow().relativeRmsError()).isInfinite();
  }
}
