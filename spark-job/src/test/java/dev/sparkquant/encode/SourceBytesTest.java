package dev.sparkquant.encode;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.plan.SourceTensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceBytesTest {

  @ParameterizedTest
  @EnumSource(names = {"Q5_0", "Q5_1", "IQ1_M", "IQ2_XXS", "IQ3_XXS"})
  void refusesBigEndianBlocksThatNobodyHasDefined(GgmlType type) {
    assertThatThrownBy(() -> SourceBytes.requireByteOrder(List.of(tensor(type, true))))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "Cannot read tensor output.weight of model.gguf: big-endian blocks of "
                + type
                + " have no defined byte order; convert the file to little-endian where it was"
                + " made");
  }

  @Test
  void takesWhatCanBeRead() {
    List<SourceTensor> tensors = List.of(tensor(GgmlType.Q5_0, false), tensor(GgmlType.BF16, true));

    assertThatCode(() -> SourceBytes.requireByteOrder(tensors)).doesNotThrowAnyException();
  }

  private static SourceTensor tensor(GgmlType type, boolean bigEndian) {
    return new SourceTensor("output.weight", "model.gguf", 64, type, bigEndian, 256, 4, 4);
  }
}
