package dev.sparkquant.policy;

/**
 * Why a tensor got its type.
 *
 * @param kind what decided
 * @param detail the pattern, rule or mixture by name; empty if the kind says it all
 */
public record Reason(Kind kind, String detail) {

  /** What can decide on a type. */
  public enum Kind {
    COPY("copied"),
    NOT_QUANTIZABLE("never quantized"),
    LEAVE_OUTPUT_TENSOR("--leave-output-tensor"),
    TOKEN_EMBEDDING_TYPE("--token-embedding-type"),
    OUTPUT_TENSOR_TYPE("--output-tensor-type"),
    TENSOR_TYPE("--tensor-type"),
    RULE("rule"),
    PURE("everywhere"),
    MIXTURE("mixture");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  static Reason of(Kind kind) {
    return new Reason(kind, "");
  }

  /** For reports: {@code mixture Q4_K_M}. */
  @Override
  public String toString() {
    return detail.isEmpty() ? kind.label : kind.label + " " + detail;
  }
}
