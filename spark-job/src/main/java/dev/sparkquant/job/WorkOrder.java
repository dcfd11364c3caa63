package dev.sparkquant.job;

import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.store.UnpublishedFile;
import java.util.HashMap;
import java.util.List;

/**
 * What every task of a run needs to know, sent once to each executor.
 *
 * @param tensors the plan's source tensors
 * @param outputs the unpublished files, by the index that destinations state
 * @param importance the importance matrix's values by source tensor; none where it has no entry
 * @param recorded what an earlier run recorded of slices, by slice
 */
record WorkOrder(
    List<SourceTensor> tensors,
    List<UnpublishedFile> outputs,
    HashMap<Integer, float[]> importance,
    HashMap<Integer, SliceResult> recorded) {

  WorkOrder {
    tensors = List.copyOf(tensors);
    outputs = List.copyOf(outputs);
  }
}
