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
 * {@code quantize} and {@code plan}.
 */
class ModelArguments {
  @Option(
      names = {"-i", "--input"},
      required = true,
      paramLabel = "IN.gguf",
      description = "The model; of a split model, its first shard. A path or a Hadoop URI.")
  String input;

  @Option(
      names = {"-s", "--scheme"},
      required = true,
      paramLabel = "NAME|FILE.yaml",
      description = {
        "A mixture of llama-quantize such as Q4_K_M, COPY, a scheme that comes along such as"
            + " Q4_K_XXXL (see 'sparkquant schemes'), or a scheme file of your own."
      })
  String scheme;

  @Option(names = "--pure", description = "The scheme's default type for every matrix.")
  boolean pure;

  @Option(names = "--leave-output-tensor", description = "Keep output.weight as it is.")
  boolean leaveOutputTensor;

  @Option(
      names = "--output-tensor-type",
      paramLabel = "TYPE",
      description = "Type of output.weight.")
  String outputTensorType;

  @Option(
      names = "--token-embedding-type",
      paramLabel = "TYPE",
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

  static String readText(Storage storage, String name) throws IOException {
    try (SeekableInput file = storage.open(name)) {
      byte[] bytes = new byte[Math.toIntExact(Math.min(file.length(), 16 << 20))];
      file.readFully(0, bytes, 0, bytes.length);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
