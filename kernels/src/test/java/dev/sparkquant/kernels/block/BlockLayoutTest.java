package dev.sparkquant.kernels.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fields of the K and IQ formats add up to the blocks that {@link GgmlType} knows. */
class BlockLayoutTest {

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_ANY,
      names = {".*_K", "IQ.*"})
  void fieldsAddUpToTheBlock(GgmlType type) throws ReflectiveOperationException {
    Class<?> block = Class.forName(getClass().getPackageName() + "." + type + "Block");

    assertThat(block.getField("LENGTH").getInt(null)).isEqualTo(type.blockLength());
    assertThat(block.getField("BYTES").getInt(null)).isEqualTo(type.blockBytes());
  }
}
