package dev.sparkquant.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void doEveryPieceOnce(int threads) {
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    Set<Integer> workersSeen = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(threads)) {
      workers.run(
          1000,
          (worker, piece) -> {
            done.incrementAndGet(piece);
            workersSeen.add(worker);
          });
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(done.get(i)).as("piece %d", i).isEqualTo(1);
    }
    assertThat(workersSeen).isSubsetOf(0, 1, 2).hasSizeLessThanOrEqualTo(threads);
  }

  @Test
  void workAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    try (Workers workers = new Workers(2)) {
      workers.run(
          2,
          (worker, piece) -> {
            both.countDown();
            try {
              both.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    assertThat(both.getCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void passOnWhatAPieceThrows(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      100,
                      (worker, piece) -> {
                        if (piece == 50) {
                          throw new IllegalStateException("piece 50");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("piece 50");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void stopWhenInterrupted(int threads) {
    try (Workers workers = new Workers(threads)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> workers.run(1000, (worker, piece) -> Thread.onSpinWait()))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      workers.run(2, (worker, piece) -> Thread.onSpinWait());
    }
  }

  @Test
  void areAtLeastOne() {
    assertThatThrownBy(() -> new Workers(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
