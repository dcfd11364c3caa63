package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.kernels.Kernels;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FileTypeTest {

  @Test
  void areFoundByNumber() {
    for (FileType type : FileType.values()) {
      assertThat(FileType.fromId(type.id())).contains(type);
      assertThat(FileType.fromName("" + type.id())).contains(type);
    }
    assertThat(FileType.fromId(4)).isEmpty();
    assertThat(FileType.fromId(-1)).isEmpty();
    assertThat(FileType.fromName("")).isEmpty();
    assertThat(FileType.fromName("1e1")).isEmpty();
    assertThat(FileType.fromName("99999999999999999999")).isEmpty();
  }

  /** The set here and the encoders there have to change together. */
  @Test
  void coverTheTypesThatHaveEncoders() {
    Set<GgmlType> encoders =
        Arrays.stream(GgmlType.values())
            .filter(Kernels::canEncode)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(GgmlType.class)));
    assertThat(EncodableTypes.ALL).isEqualTo(encoders);
    for (GgmlType type : GgmlType.values()) {
      assertThat(EncodableTypes.isDecodable(type))
          .as("%s", type)
          .isEqualTo(Kernels.canDecode(type));
    }
  }
}
