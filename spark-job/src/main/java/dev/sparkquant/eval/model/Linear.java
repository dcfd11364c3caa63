package dev.sparkquant.eval.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A linear map: a matrix of as many rows as it puts out, and perhaps a bias. */
record Linear(TensorRows weight, Optional<TensorRows> bias) {

  /** All its tensors. */
  List<TensorRows> tensors() {
    return Stream.concat(Stream.of(weight), bias.stream()).toList();
  }
}
