package dev.sparkquant.kernels.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That coordinates are ggml's is shown by the decoders; here is what the formats promise. */
class IqGridsTest {

  static List<Arguments> grids() {
    return List.of(
        Arguments.of("IQ1_S", IqGrids.IQ1_S, 2048, List.of(-1, 0, 1)),
        Arguments.of("IQ2_XXS", IqGrids.IQ2_XXS, 256, List.of(8, 25, 43)),
        Arguments.of("IQ2_XS", IqGrids.IQ2_XS, 512, List.of(8, 25, 43)),
        Arguments.of("IQ2_S", IqGrids.IQ2_S, 1024, List.of(8, 25, 43)),
        Arguments.of("IQ3_XXS", IqGrids.IQ3_XXS, 256, List.of(4, 12, 20, 28, 36, 44, 52, 62)),
        Arguments.of("IQ3_S", IqGrids.IQ3_S, 512, List.of(1, 3, 5, 7, 9, 11, 13, 15)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("grids")
  void holdsDistinctPointsOfItsLevels(String name, IqGrid grid, int size, List<Integer> levels) {
    Set<String> points = new HashSet<>();
    Set<Integer> coordinates = new TreeSet<>();
    for (int i = 0; i < grid.size(); i++) {
      int[] point = new int[grid.dimensions()];
      for (int j = 0; j < point.length; j++) {
        point[j] = grid.coordinate(i, j);
        coordinates.add(point[j]);
      }
      points.add(Arrays.toString(point));
    }

    assertThat(grid.dimensions()).isEqualTo(name.startsWith("IQ3") ? 4 : 8);
    assertThat(points).hasSize(size);
    assertThat(coordinates).containsExactlyElementsOf(levels);
  }
}
