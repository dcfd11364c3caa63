package dev.sparkquant.encode;

import java.util.List;

/**
 * What became of one slice.
 *
 * @param slice the slice's id
 * @param squares sum of squares of the source elements; 0 if the slice was only copied
 * @param targets one for each of the slice's targets, in their order
 * @param reused whether the bytes were there from an earlier run, and nothing was encoded
 */
public record SliceResult(int slice, double squares, List<TargetResult> targets, boolean reused) {

  public SliceResult {
    targets = List.copyOf(targets);
  }

  /** The same, found on storage rather than encoded. */
  public SliceResult asReused() {
    return new SliceResult(slice, squares, targets, true);
  }
}
