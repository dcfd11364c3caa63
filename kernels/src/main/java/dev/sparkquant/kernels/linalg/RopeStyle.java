package dev.sparkquant.kernels.linalg;

/** Which features of a head turn together; ggml's names. */
public enum RopeStyle {
  /** Neighbours: features {@code 2 i} and {@code 2 i + 1} (llama). */
  NORM,
  /** Halves: features {@code i} and {@code i + dimensions / 2} (qwen). */
  NEOX
}
