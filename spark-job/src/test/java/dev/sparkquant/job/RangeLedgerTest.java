package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RangeLedgerTest {
  private final RangeLedger ledger = new RangeLedger();

  @BeforeEach
  void writeInAnyOrder() {
    ledger.add(60, 40);
    ledger.add(32, 28);
    ledger.add(60, 0);
  }

  @Test
  void acceptsACoverWithoutGaps() {
    assertThat(ledger.problemWithin(32, 100)).isNull();
  }

  @Test
  void namesAGapAtTheStart() {
    assertThat(ledger.problemWithin(0, 100)).isEqualTo("bytes 0 to 32 were never written");
  }

  @Test
  void namesAGapInTheMiddle() {
    ledger.add(110, 10);
    assertThat(ledger.problemWithin(32, 120)).isEqualTo("bytes 100 to 110 were never written");
  }

  @Test
  void namesAGapAtTheEnd() {
    assertThat(ledger.problemWithin(32, 101)).isEqualTo("bytes 100 to 101 were never written");
  }

  @Test
  void namesWhatCameTwice() {
    ledger.add(50, 5);
    assertThat(ledger.problemWithin(32, 100)).isEqualTo("bytes 50 to 55 came twice");
  }

  @Test
  void namesWhatLiesBeyondTheEnd() {
    assertThat(ledger.problemWithin(32, 99)).isEqualTo("bytes beyond 99 were written");
  }
}
