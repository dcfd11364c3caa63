package dev.sparkquant.policy;

import java.util.List;
import java.util.function.Predicate;

/**
 * What all tensors of a model become.
 *
 * @param tensors in processing order
 * @param fileType what {@code general.file_type} records
 * @param warnings sentences a user should see: options without effect, rules never reached
 */
public record Assignments(List<Assignment> tensors, long fileType, List<String> warnings) {

  public Assignments {
    tensors = List.copyOf(tensors);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks that tensors which need an importance matrix have one.
   *
   * @param hasEntry whether the matrix has an entry for that tensor, whose name pruning may have
   *     changed; always false without a matrix
   * @throws PolicyException naming the first tensor that lacks one
   */
  public void checkImatrix(Predicate<Assignment> hasEntry) {
    for (Assignment assignment : tensors) {
      if (assignment.requiresImatrix() && !hasEntry.test(assignment)) {
        throw new PolicyException(
            "Cannot encode "
                + assignment.tensor().name()
                + " as "
                + assignment.type()
                + " without an importance matrix entry: the result would be garbage; give a file"
                + " that covers it with --imatrix or choose a type of more bits");
      }
    }
  }
}
