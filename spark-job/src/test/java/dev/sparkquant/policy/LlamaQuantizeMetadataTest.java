package dev.sparkquant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares with the metadata that the current llama.cpp release writes. */
class LlamaQuantizeMetadataTest {

  @Test
  void writesTheMetadataLlamaQuantizeWrites() throws IOException {
    Input input = null;
    String run = null;
    List<MetadataText.Pair> pairs = null;
    int compared = 0;
    List<Expected> expected = new ArrayList<>();
    for (String line : TestResource.lines("llama-quantize-metadata.tsv")) {
      List<String> fields = Arrays.asList(line.split("\t", -1));
      switch (fields.get(0)) {
        case "input" -> {
          input = new Input(fields.get(1), new ArrayList<>(), new ArrayList<>());
          pairs = input.pairs;
        }
        case "run" -> run = fields.get(1);
        case "file" -> {
          pairs = new ArrayList<>();
          expected.add(
              new Expected(
                  input,
                  run,
                  Integer.parseInt(fields.get(1)),
                  Integer.parseInt(fields.get(2)),
                  pairs));
        }
        case "tensor" -> input.tensors.add(tensor(fields));
        case "key" -> pairs.add(new MetadataText.Pair(fields.get(1), fields.get(2), fields.get(3)));
        default -> {}
      }
    }
    for (Expected file : expected) {
      Metadata actual = write(file);
      Metadata wanted = MetadataText.of(file.pairs);
      assertThat(new ArrayList<>(actual.pairs().entrySet()))
          .as(file.input.name + ": " + file.run + ": shard " + file.number)
          .isEqualTo(new ArrayList<>(wanted.pairs().entrySet()));
      compared++;
    }
    assertThat(compared).isEqualTo(42);
  }

  private record Input(String name, List<MetadataText.Pair> pairs, List<TensorInfo> tensors) {}

  private record Expected(
      Input input, String run, int number, int count, List<MetadataText.Pair> pairs) {}

  private static Metadata write(Expected file) {
    Metadata input = MetadataText.of(file.input.pairs);
    Command command = Command.parse(file.run);
    QuantizeOptions options = command.options();
    List<TensorInfo> tensors = new ArrayList<>(file.input.tensors);
    tensors.sort(Comparator.comparing(TensorInfo::name, new TensorOrder()));
    List<String> names = tensors.stream().map(TensorInfo::name).toList();
    LayerPruning pruning = LayerPruning.of(options.pruneLayers(), names);
    ModelTraits traits =
        ModelTraits.of(input, options.metadataOverrides(), names).prunedBy(pruning);
    Assignments assignments =
        new TypeAssigner(command.scheme(), options).assign(input, traits, pruning.apply(tensors));
    Metadata whole =
        OutputMetadata.of(
            input, assignments.fileType(), options.metadataOverrides(), Map.of(), pruning, traits);
    return file.count > 1
        ? OutputMetadata.shard(whole, file.number, file.count, tensors.size())
        : whole;
  }

  private static TensorInfo tensor(List<String> fields) {
    List<Long> dimensions = Arrays.stream(fields.get(3).split("x", -1)).map(Long::valueOf).toList();
    return new TensorInfo(fields.get(1), GgmlType.valueOf(fields.get(2)), dimensions, 0);
  }
}
