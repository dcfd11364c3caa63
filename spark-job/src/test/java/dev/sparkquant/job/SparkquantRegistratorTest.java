package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.encode.TargetResult;
import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.PartRange;
import dev.sparkquant.plan.Destination;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.plan.Target;
import dev.sparkquant.store.StoredPart;
import dev.sparkquant.store.UnpublishedFile;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparkquantRegistratorTest {

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    new SparkquantRegistrator().registerClasses(kryo);
    return kryo;
  }

  private static Object copy(Object value) {
    Output output = new Output(1024, -1);
    kryo().writeClassAndObject(output, value);
    return kryo().readClassAndObject(new Input(output.toBytes()));
  }

  static Stream<Object> whatTravels() {
    Slice slice =
        new Slice(
            7,
            3,
            1L << 40,
            512,
            List.of(
                new Target(GgmlType.Q4_K, List.of(new Destination(1, 99), new Destination(2, 5)))));
    SliceResult result =
        new SliceResult(
            7, 1.5, List.of(new TargetResult(GgmlType.Q4_K, 288, -7, 0.25, 0.5, 1000)), false);
    return Stream.of(
        slice,
        result,
        new SourceTensor("blk.0.ffn_up.weight", "in.gguf", 64, GgmlType.BF16, true, 256, 2, 6),
        new TaskGroup(List.of(slice), List.of(new PartRange(1, 2, 3, 1L << 40))),
        new TaskOutcome(
            List.of(result), List.of(new StoredPart(1, 0, 9, 4, "aGk=")), null, "scalar"),
        new TaskOutcome(List.of(), List.of(), "Cannot quantize", "scalar"),
        new ChunkGroup(1, 2, 3),
        new DivergenceOrder("base", null, List.of("a", "b"), List.of(), null),
        new DivergenceOutcome(List.of(), "Cannot evaluate"));
  }

  @ParameterizedTest
  @MethodSource("whatTravels")
  void recordsComeBackEqual(Object value) {
    assertThat(copy(value)).isEqualTo(value);
  }

  @Test
  void theWorkOrderComesBackWithItsImportanceMatrix() {
    UnpublishedFile file = new UnpublishedFile("out", "out.unfinished/out", 9, null);
    HashMap<Integer, float[]> importance = new HashMap<>();
    importance.put(3, new float[] {1, 2, 3});

    WorkOrder order =
        (WorkOrder) copy(new WorkOrder(List.of(), List.of(file), importance, new HashMap<>()));

    assertThat(order.outputs()).containsExactly(file);
    assertThat(order.importance().get(3)).containsExactly(1, 2, 3);
  }

  @Test
  void aCorpusComesBackEqual() {
    TokenizedCorpus corpus =
        TokenizedCorpus.of("text", new int[] {1, 2, 3, 4, 5, 6, 7}, 3, 2, OptionalInt.of(9));

    assertThat(copy(corpus)).usingRecursiveComparison().isEqualTo(corpus);
  }

  @Test
  void scoresComeBackEqual() {
    ChunkScores scores =
        new ChunkScores(
            4,
            new int[] {7, 8},
            new double[] {0.25, Double.MIN_VALUE},
            new double[] {-1, -2},
            new double[] {-3, -4},
            new boolean[] {true, false});
    DivergenceOutcome outcome =
        new DivergenceOutcome(List.of(new ChunkOutcome(0, 4, List.of(scores))), null);

    assertThat(copy(outcome)).usingRecursiveComparison().isEqualTo(outcome);
  }

  @Test
  void otherClassesAreRefused() {
    assertThatThrownBy(() -> copy(new java.util.BitSet()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not registered");
  }
}
