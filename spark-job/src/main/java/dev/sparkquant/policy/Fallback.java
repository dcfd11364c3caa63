package dev.sparkquant.policy;

/** What happens to a tensor whose rows do not fit the blocks of the type it should get. */
public enum Fallback {
  /** It gets the type that llama.cpp substitutes. */
  LLAMA,
  /** It is an error. */
  STRICT
}
