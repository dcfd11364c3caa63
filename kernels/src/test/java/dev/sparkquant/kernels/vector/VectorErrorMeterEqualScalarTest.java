package dev.sparkquant.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparkquant.kernels.ErrorMeter;
import dev.sparkquant.kernels.peer.RowCases;
import dev.sparkquant.kernels.scalar.ScalarKernels;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vector meter of errors against the scalar one, and that against doubles. */
class VectorErrorMeterEqualScalarTest {
  private static final int[] COUNTS = {1, 15, 16, 17, 1023, 1024, 1025, 5000};

  @ParameterizedTest
  @EnumSource
  void measuresWhatScalarsMeasure(RowCases rowCase) {
    ErrorMeter scalar = new ScalarKernels().errorMeter();
    ErrorMeter vector = new VectorKernels().errorMeter();
    for (int count : COUNTS) {
      float[] source = rowCase.row(count, 1);
      float[] decoded = rowCase.row(count, 2);
      scalar.add(source, 0, decoded, count);
      vector.add(source, 0, decoded, count);
    }
    assertThat(vector.squaredError()).as("squared error").isEqualTo(scalar.squaredError());
    assertThat(vector.squaredSource()).as("squared source").isEqualTo(scalar.squaredSource());
    assertThat(vector.largestError()).as("largest error").isEqualTo(scalar.largestError());
  }

  @ParameterizedTest
  @EnumSource
  void measuresInTurnsWhatItMeasuresAtOnce(RowCases rowCase) {
    int count = 5000;
    int turn = 2048;
    float[] source = rowCase.row(count, 5);
    float[] decoded = rowCase.row(count, 6);
    ErrorMeter once = new VectorKernels().errorMeter();
    once.add(source, 0, decoded, count);

    ErrorMeter meter = new VectorKernels().errorMeter();
    for (int from = 0; from < count; from += turn) {
      int end = Math.min(from + turn, count);
      meter.add(source, from, Arrays.copyOfRange(decoded, from, end), end - from);
    }

    assertThat(meter.squaredError()).isEqualTo(once.squaredError());
    assertThat(meter.squaredSource()).isEqualTo(once.squaredSource());
    assertThat(meter.largestError()).isEqualTo(once.largestError());
  }

  @ParameterizedTest
  @EnumSource
  void isAsExactAsItSays(RowCases rowCase) {
    ErrorMeter meter = new VectorKernels().errorMeter();
    double squaredError = 0;
    double squaredSource = 0;
    float largest = 0;
    for (int count : COUNTS) {
      float[] source = rowCase.row(count, 3);
      float[] decoded = rowCase.row(count, 4);
      meter.add(source, 0, decoded, count);
      for (int i = 0; i < count; i++) {
        double error = (double) decoded[i] - source[i];
        squaredError += error * error;
        squaredSource += (double) source[i] * source[i];
        largest = Math.max(largest, Math.abs(decoded[i] - source[i]));
      }
    }
    assertThat(meter.squaredError()).isCloseTo(squaredError, within(1e-5 * squaredError));
    assertThat(meter.squaredSource()).isCloseTo(squaredSource, within(1e-5 * squaredSource));
    assertThat(meter.largestError()).isEqualTo(largest);
  }
}
