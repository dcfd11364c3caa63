package dev.sparkquant.eval.model;

/** Which two elements of a head rotary position embedding rotates together. */
public enum RopePairing {
  /** Neighbours: 0 and 1, 2 and 3, … ({@code GGML_ROPE_TYPE_NORMAL}). */
  NEIGHBOURS,
  /** Element i of the first half and element i of the second ({@code GGML_ROPE_TYPE_NEOX}). */
  HALVES
}
