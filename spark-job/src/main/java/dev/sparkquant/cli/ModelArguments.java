package dev.sparkquant.cli;

import dev.sparkquant.gguf.imatrix.ImportanceMatrix;
import dev.sparkquant.gguf.io.SeekableInput;
import dev.sparkquant.policy.ImatrixFilter;
import dev.sparkquant.policy.QuantizeOptions;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * What is to be quantized and how: the options of {@code llama-quantize} under its names, shared by
 * {@code quantize}, {@code sweep} and {@code plan}.
 */
class ModelArguments {
  @Option(
      names = {"-i", "--input"},
      required = true,
      paramLabel = "IN.gguf",
      description = "The model; of a split model, its first shard. A path or a Hadoop URI.")
  String input;

  @Option(names = "--pure", description = "The scheme's default type for every matrix.")
  boolean pure;

  @Option(names = "--leave-output-tensor", description = "Keep output.weight as it is.")
  boolean leaveOutputTensor;

  @Option(
      names = "--output-tensor-type",
      paramLabel = "TYPE",
      completionCandidates = TypeNames.class,
      description = "Type of output.weight.")
  String outputTensorType;

  @Option(
      names = "--token-embedding-type",
      paramLabel = "TYPE",
      completionCandidates = TypeNames.class,
      description = "Type of token_embd.weight.")
  String tokenEmbeddingType;

  @Option(
      names = "--tensor-type",
      paramLabel = "PATTERN=TYPE",
      description = {
        "Type of the tensors in whose name the regular expression is found; the first match"
            + " counts. Repeatable."
      })
  List<String> tensorTypes = new ArrayList<>();

  @Option(
      names = "--tensor-type-file",
      paramLabel = "FILE",
      description = "More PATTERN=TYPE, between spaces or line ends.")
  String tensorTypeFile;

  @Option(
      names = "--allow-requantize",
      description = "Convert tensors that are quantized already; costs quality.")
  boolean allowRequantize;

  @Option(
      names = "--imatrix",
      paramLabel = "FILE",
      description = "Importance matrix, in the legacy or the GGUF format.")
  String imatrix;

  @Option(
      names = "--include-weights",
      paramLabel = "NAME",
      description = "Use the importance matrix only for these tensors. Repeatable.")
  List<String> includeWeights = new ArrayList<>();

  @Option(
      names = "--exclude-weights",
      paramLabel = "NAME",
      description = "Use no importance matrix for these tensors. Repeatable.")
  List<String> excludeWeights = new ArrayList<>();

  @Option(
      names = "--override-kv",
      paramLabel = "KEY=TYPE:VALUE",
      description = "Set metadata; TYPE is int, float, bool or str. Repeatable.")
  List<String> overrideKv = new ArrayList<>();

  @Option(
      names = "--prune-layers",
      paramLabel = "L0,L1,...",
      description = "Leave these layers out.")
  String pruneLayers;

  @Option(names = "--keep-split", description = "Write as many shards as were read.")
  boolean keepSplit;

  /** The importance matrix in use, or nothing. */
  Optional<ImportanceMatrix> readImatrix(Storage storage) throws IOException {
    ImatrixFilter filter = new ImatrixFilter(includeWeights, excludeWeights);
    if (imatrix == null) {
      return Optional.empty();
    }
    try (SeekableInput file = storage.open(imatrix)) {
      return Optional.of(ImportanceMatrix.read(file).only(filter::accepts));
    }
  }

  QuantizeOptions options(Storage storage, Optional<ImportanceMatrix> matrix) throws IOException {
    QuantizeOptions.Builder options =
        QuantizeOptions.builder()
            .pure(pure)
            .leaveOutputTensor(leaveOutputTensor)
            .allowRequantize(allowRequantize)
            .keepSplit(keepSplit)
            .imatrix(matrix.isPresent() && !matrix.get().values().isEmpty());
    if (outputTensorType != null) {
      options.outputTensorType(outputTensorType);
    }
    if (tokenEmbeddingType != null) {
      options.tokenEmbeddingType(tokenEmbeddingType);
    }
    tensorTypes.forEach(options::tensorType);
    if (tensorTypeFile != null) {
      options.tensorTypeFile(tensorTypeFile, readText(storage, tensorTypeFile));
    }
    overrideKv.forEach(options::overrideKv);
    if (pruneLayers != null) {
      options.pruneLayers(pruneLayers);
    }
    return options.build();
  }

  /** The options that change what a scheme does, as on a command line. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    addFlag(words, "--pure", pure);
    addFlag(words, "--leave-output-tensor", leaveOutputTensor);
    addValue(words, "--output-tensor-type", outputTensorType);
    addValue(words, "--token-embedding-type", tokenEmbeddingType);
    tensorTypes.forEach(value -> addValue(words, "--tensor-type", value));
    addValue(words, "--tensor-type-file", tensorTypeFile);
    addFlag(words, "--allow-requantize", allowRequantize);
    addValue(words, "--imatrix", imatrix);
    includeWeights.forEach(value -> addValue(words, "--include-weights", value));
    excludeWeights.forEach(value -> addValue(words, "--exclude-weights", value));
    overrideKv.forEach(value -> addValue(words, "--override-kv", value));
    addValue(words, "--prune-layers", pruneLayers);
    addFlag(words, "--keep-split", keepSplit);
    return words;
  }

  private static void addFlag(List<String> words, String option, boolean given) {
    if (given) {
      words.add(option);
    }
  }

  private static void addValue(List<String> words, String option, String value) {
    if (value != null) {
      words.addAll(List.of(option, value));
    }
  }

  static String readText(Storage storage, String name) throws IOException {
    try (SeekableInput file = storage.open(name)) {
      byte[] bytes = new byte[Math.toIntExact(Math.min(file.length(), 16 << 20))];
      file.readFully(0, bytes, 0, bytes.length);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
