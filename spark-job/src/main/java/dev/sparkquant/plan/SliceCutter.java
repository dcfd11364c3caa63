package dev.sparkquant.plan;

import dev.sparkquant.gguf.GgmlType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts the union of all outputs' tensors into slices.
 *
 * <p>A tensor is read once for all outputs that want it; each (tensor, type) pair is encoded once
 * and goes to every output that wants it. Where slices begin and end depends on the tensors alone,
 * never on the machine, so sums over slices come out the same everywhere.
 */
final class SliceCutter {
  /** Elements a slice has at most, unless a single row has more. */
  static final long MAX_ELEMENTS = 1L << 22;

  private final List<SourceTensor> tensors;
  private final List<OutputFile> outputs;

  SliceCutter(List<SourceTensor> tensors, List<OutputFile> outputs) {
    this.tensors = tensors;
    this.outputs = outputs;
  }

  List<Slice> cut() {
    List<Map<GgmlType, List<Destination>>> wanted = wantedTypes();
    List<Slice> slices = new ArrayList<>();
    for (int t = 0; t < tensors.size(); t++) {
      if (!wanted.get(t).isEmpty()) {
        cutTensor(t, wanted.get(t), slices);
      }
    }
    return slices;
  }

  private List<Map<GgmlType, List<Destination>>> wantedTypes() {
    List<Map<GgmlType, List<Destination>>> wanted = new ArrayList<>();
    tensors.forEach(tensor -> wanted.add(new EnumMap<>(GgmlType.class)));
    for (int o = 0; o < outputs.size(); o++) {
      for (OutputTensor tensor : outputs.get(o).tensors()) {
        wanted
            .get(tensor.source())
            .computeIfAbsent(tensor.info().type(), type -> new ArrayList<>())
            .add(new Destination(o, tensor.position()));
      }
    }
    return wanted;
  }

  private void cutTensor(int index, Map<GgmlType, List<Destination>> wanted, List<Slice> slices) {
    SourceTensor tensor = tensors.get(index);
    boolean copyOnly = wanted.keySet().stream().allMatch(type -> type == tensor.type());
    // A copy may be cut at any block; an encoder needs whole rows of one matrix.
    long unit = copyOnly ? tensor.type().blockLength() : tensor.rowLength();
    long span = copyOnly ? tensor.elements() : tensor.rowLength() * tensor.rowsPerMatrix();
    long step = Math.max(MAX_ELEMENTS / unit, 1) * unit;
    for (long start = 0; start < tensor.elements(); start += span) {
      for (long first = start; first < start + span; first += step) {
        long elements = Math.min(step, start + span - first);
        slices.add(new Slice(slices.size(), index, first, elements, targets(wanted, first)));
      }
    }
  }

  private static List<Target> targets(Map<GgmlType, List<Destination>> wanted, long first) {
    List<Target> targets = new ArrayList<>();
    wanted.forEach(
        (type, tensorStarts) ->
            targets.add(
                new Target(
                    type,
                    tensorStarts.stream()
                        .map(d -> new Destination(d.output(), d.position() + type.bytes(first)))
                        .toList())));
    return targets;
  }
}
