package dev.sparkquant.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
  private record Entry(double size, double cost) {}

  private static java.util.Set<Entry> front(Entry... entries) {
    return ParetoFront.of(List.of(entries), Entry::size, Entry::cost);
  }

  @Test
  void leavesOutWhatAnotherBeats() {
    assertThat(front(new Entry(1, 9), new Entry(2, 5), new Entry(3, 6), new Entry(4, 1)))
        .containsExactly(new Entry(1, 9), new Entry(2, 5), new Entry(4, 1));
  }

  @Test
  void ofTheSameSizeTheBetterWins() {
    assertThat(front(new Entry(1, 9), new Entry(1, 8))).containsExactly(new Entry(1, 8));
  }

  @Test
  void equalsDoNotBeatEachOther() {
    assertThat(front(new Entry(1, 9), new Entry(1, 9), new Entry(2, 9)))
        .containsExactly(new Entry(1, 9));
  }

  @Test
  void ofNothingIsEmpty() {
    assertThat(front()).isEmpty();
  }
}
