package dev.sparkquant.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.io.PartRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartGroupingTest {
  private static final long SMALLEST = 5 << 20;
  private static final long HEADER = 1_000;
  private static final GgmlType[] TYPES = {GgmlType.F16, GgmlType.Q4_K, GgmlType.Q8_0};

  private final List<SourceTensor> sources = new ArrayList<>();

  private void addSource(long rowLength, long rows) {
    sources.add(
        new SourceTensor(
            "t" + sources.size(), "in", 0, GgmlType.F16, false, rowLength, rows, rows));
  }

  /** A file with these tensors, one after the other, each padded to 32 bytes. */
  private OutputFile file(String name, List<Integer> tensors, List<GgmlType> types) {
    List<OutputTensor> placed = new ArrayList<>();
    long position = HEADER;
    for (int i = 0; i < tensors.size(); i++) {
      SourceTensor source = sources.get(tensors.get(i));
      List<Long> shape = List.of(source.rowLength(), source.rows());
      TensorInfo info = new TensorInfo(source.name(), types.get(i), shape, position - HEADER);
      placed.add(new OutputTensor(tensors.get(i), info, position));
      position = (position + info.bytes() + 31) / 32 * 32;
    }
    return new OutputFile(name, name, Metadata.empty(), placed, HEADER, position);
  }

  private QuantizePlan plan(List<OutputFile> outputs) {
    return new QuantizePlan(sources, outputs, new SliceCutter(sources, outputs).cut());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyPartIsMadeByOneTask(long seed) throws PlanException {
    SplittableRandom random = new SplittableRandom(seed);
    int tensors = 1 + random.nextInt(30);
    for (int i = 0; i < tensors; i++) {
      addSource(256L * (1 + random.nextInt(16)), 1 + random.nextInt(6000));
    }
    int shards = 1 + random.nextInt(2);
    List<OutputFile> outputs = new ArrayList<>();
    for (int scheme = 0; scheme < 3; scheme++) {
      for (int shard = 0; shard < shards; shard++) {
        List<Integer> mine = new ArrayList<>();
        List<GgmlType> types = new ArrayList<>();
        for (int t = tensors * shard / shards; t < tensors * (shard + 1) / shards; t++) {
          mine.add(t);
          types.add(TYPES[random.nextInt(TYPES.length)]);
        }
        outputs.add(file("s" + scheme + "-" + shard, mine, types));
      }
    }
    QuantizePlan plan = plan(outputs);
    long size = 8 << 20;

    List<PartGrouping.Piece> pieces = new PartGrouping(plan, 3, SMALLEST, size, 2500).group();

    assertThat(pieces.stream().flatMap(piece -> piece.slices().stream()))
        .containsExactlyInAnyOrderElementsOf(plan.slices());
    for (int o = 0; o < outputs.size(); o++) {
      int output = o;
      List<PartRange> parts =
          pieces.stream()
              .flatMap(piece -> piece.parts().stream())
              .filter(part -> part.output() == output)
              .toList();
      assertCovers(parts, outputs.get(o).length(), seed);
    }
    for (PartGrouping.Piece piece : pieces) {
      piece.slices().forEach(slice -> assertWithin(slice, piece.parts(), seed));
    }
  }

  private static void assertCovers(List<PartRange> parts, long length, long seed) {
    long position = 0;
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i).part()).isEqualTo(i);
      assertThat(parts.get(i).start()).as("seed %d", seed).isEqualTo(position);
      position = parts.get(i).end();
      if (position < length) {
        assertThat(parts.get(i).length()).as("seed %d", seed).isGreaterThanOrEqualTo(SMALLEST);
      }
    }
    assertThat(position).as("seed %d", seed).isEqualTo(length);
  }

  private static void assertWithin(Slice slice, List<PartRange> parts, long seed) {
    for (Target target : slice.targets()) {
      for (Destination destination : target.destinations()) {
        long end = destination.position() + target.type().bytes(slice.elements());
        assertThat(parts)
            .filteredOn(part -> part.output() == destination.output())
            .as("seed %d", seed)
            .singleElement()
            .matches(part -> part.start() <= destination.position() && end <= part.end());
      }
    }
  }

  @Test
  void aFileWithoutTensorsIsOnePart() throws PlanException {
    QuantizePlan plan = plan(List.of(file("empty", List.of(), List.of())));
    assertThat(new PartGrouping(plan, 3, SMALLEST, SMALLEST, 2500).group())
        .containsExactly(
            new PartGrouping.Piece(List.of(), List.of(new PartRange(0, 0, 0, HEADER))));
  }

  @Test
  void outputsInDifferentOrdersAreRefused() {
    addSource(256, 100);
    addSource(256, 100);
    List<Integer> order = List.of(0, 1);
    List<Integer> reversed = new ArrayList<>(order);
    Collections.reverse(reversed);
    List<GgmlType> types = List.of(GgmlType.Q8_0, GgmlType.Q8_0);
    QuantizePlan plan = plan(List.of(file("a", order, types), file("b", reversed, types)));

    assertThatThrownBy(() -> new PartGrouping(plan, 3, SMALLEST, SMALLEST, 2500).group())
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("tensors come in another order");
  }

  @Test
  void partsGrowWithTheFileSoThatTheirNumberStaysWithinTheLimit() {
    long length = 4L << 40;
    OutputFile huge = new OutputFile("a", "a", Metadata.empty(), List.of(), 0, length);
    QuantizePlan plan = new QuantizePlan(List.of(), List.of(huge), List.of());

    long size = PartGrouping.size(plan, 1000, SMALLEST, 64 << 20, 2500);

    assertThat(length / size + 1).isLessThanOrEqualTo(2500);
    assertThat(PartGrouping.size(plan, 1000, SMALLEST, 64 << 20, 1 << 30)).isEqualTo(64 << 20);
  }
}
