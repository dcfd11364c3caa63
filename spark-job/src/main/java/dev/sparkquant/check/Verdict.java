package dev.sparkquant.check;

import java.util.List;

/**
 * What checking a model came to.
 *
 * @param tensors that were read; 0 if the header is damaged
 * @param bytes of all files
 * @param problems none if the model is whole
 */
public record Verdict(int tensors, long bytes, List<Problem> problems) {

  public Verdict {
    problems = List.copyOf(problems);
  }

  public boolean isWhole() {
    return problems.isEmpty();
  }
}
