package dev.sparkquant.eval.model;

import java.util.Optional;

/**
 * A linear map: a matrix of as many rows as it puts out, and perhaps a bias.
 *
 * <p>Several matrices stacked in one tensor (experts) are told apart by their first row.
 */
record Linear(TensorRows weight, Optional<TensorRows> bias) {

  /** Elements taken in. */
  int inputs() {
    return weight.rowLength();
  }
}
