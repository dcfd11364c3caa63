package dev.sparkquant.kernels.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields of the block formats add up to the blocks that {@link GgmlType} knows. */
class BlockLayoutTest {

  static Stream<GgmlType> blockFormats() {
    return Stream.of(GgmlType.values()).filter(GgmlType::isQuantized);
  }

  @ParameterizedTest
  @MethodSource("blockFormats")
  void fieldsAddUpToTheBlock(GgmlType type) throws ReflectiveOperationException {
    Class<?> block = Class.forName(getClass().getPackageName() + "." + type + "Block");

    assertThat(block.getField("LENGTH").getInt(null)).isEqualTo(type.blockLength());
    assertThat(block.getField("BYTES").getInt(null)).isEqualTo(type.blockBytes());
  }
}
