package dev.sparkquant.encode;

import java.util.List;

/**
 * What became of one slice.
 *
 * @param slice the slice's id
 * @param squares sum of squares of the source elements; 0 if the slice was only copied
 * @param targets one for each of the slice's targets, in their order
 */
public record SliceResult(int slice, double squares, List<TargetResult> targets) {

  public SliceResult {
    targets = List.copyOf(targets);
  }
}
