package dev.sparkquant.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceCutterTest {

  private static SourceTensor source(GgmlType type, long rowLength, long rows, long experts) {
    return new SourceTensor("t", "in.gguf", 4096, type, false, rowLength, rows, rows * experts);
  }

  private static OutputFile output(String scheme, SourceTensor tensor, GgmlType type, long at) {
    List<Long> shape = List.of(tensor.rowLength(), tensor.rows());
    return new OutputFile(
        scheme,
        scheme + ".gguf",
        Metadata.empty(),
        List.of(new OutputTensor(0, new TensorInfo("t", type, shape, 0), at)),
        0,
        0);
  }

  @Test
  void slicesOfEncodedTensorsAreWholeRowsOfOneExpert() {
    SourceTensor tensor = source(GgmlType.BF16, 768, 10_000, 3);

    List<Slice> slices =
        new SliceCutter(List.of(tensor), List.of(output("a", tensor, GgmlType.Q4_K, 64))).cut();

    for (Slice slice : slices) {
      long firstRow = slice.firstElement() / 768;
      long lastRow = (slice.firstElement() + slice.elements()) / 768 - 1;
      assertThat(slice.firstElement() % 768).isZero();
      assertThat(slice.elements() % 768).isZero();
      assertThat(firstRow / 10_000).as("expert of %s", slice).isEqualTo(lastRow / 10_000);
      assertThat(slice.elements()).isLessThanOrEqualTo(SliceCutter.MAX_ELEMENTS);
    }
  }

  @Test
  void aTypeTwoSchemesWantIsEncodedOnceAndWrittenTwice() {
    SourceTensor tensor = source(GgmlType.BF16, 256, 4, 1);

    List<Slice> slices =
        new SliceCutter(
                List.of(tensor),
                List.of(
                    output("a", tensor, GgmlType.Q4_K, 64),
                    output("b", tensor, GgmlType.Q6_K, 96),
                    output("c", tensor, GgmlType.Q4_K, 128)))
            .cut();

    assertThat(slices)
        .containsExactly(
            new Slice(
                0,
                0,
                0,
                1024,
                List.of(
                    new Target(
                        GgmlType.Q4_K, List.of(new Destination(0, 64), new Destination(2, 128))),
                    new Target(GgmlType.Q6_K, List.of(new Destination(1, 96))))));
  }

  @Test
  void aCopyOfOneLongRowIsCutAtBlocks() {
    SourceTensor tensor = source(GgmlType.Q8_0, 1L << 30, 1, 1);

    List<Slice> slices =
        new SliceCutter(List.of(tensor), List.of(output("a", tensor, GgmlType.Q8_0, 0))).cut();

    assertThat(slices).hasSize(256);
    assertThat(slices).allMatch(slice -> slice.elements() == SliceCutter.MAX_ELEMENTS);
  }

  @Test
  void aTensorNobodyWantsIsNotRead() {
    SourceTensor tensor = source(GgmlType.BF16, 256, 4, 1);
    assertThat(new SliceCutter(List.of(tensor), List.of()).cut()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void slicesCoverEveryByteOfEveryDestinationOnce(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long rowLength = 256L * (1 + random.nextInt(40));
    SourceTensor tensor =
        source(GgmlType.F16, rowLength, 1 + random.nextInt(3000), 1 + random.nextInt(4));
    GgmlType[] types = {GgmlType.F16, GgmlType.Q4_K, GgmlType.Q8_0};
    List<OutputFile> outputs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      outputs.add(
          output("s" + i, tensor, types[random.nextInt(types.length)], random.nextInt(1 << 20)));
    }

    List<Slice> slices = new SliceCutter(List.of(tensor), outputs).cut();

    for (int o = 0; o < outputs.size(); o++) {
      OutputTensor wanted = outputs.get(o).tensors().get(0);
      long next = wanted.position();
      for (Slice slice : slices) {
        for (Target target : slice.targets()) {
          for (Destination destination : target.destinations()) {
            if (destination.output() == o) {
              assertThat(target.type()).isEqualTo(wanted.info().type());
              assertThat(destination.position()).as("seed %d", seed).isEqualTo(next);
              next += target.type().bytes(slice.elements());
            }
          }
        }
      }
      assertThat(next - wanted.position()).as("seed %d", seed).isEqualTo(wanted.info().bytes());
    }
  }
}
