package dev.sparkquant.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The texts to evaluate models on: shared by {@code kld} and {@code quantize --kld}. */
class CorpusArguments {
  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = {
        "A text to evaluate on. Repeatable: figures are given for each text and for all together."
      })
  List<String> corpora = new ArrayList<>();

  @Option(
      names = "--token-ids",
      description = "The corpora hold token ids, decimal numbers between spaces or line ends.")
  boolean tokenIds;

  @Option(
      names = "--ctx",
      paramLabel = "TOKENS",
      defaultValue = "512",
      description = "Tokens of a chunk; its second half is scored. Default: ${DEFAULT-VALUE}.")
  int contextLength;

  @Option(
      names = "--chunks",
      paramLabel = "N",
      description = "The first N chunks of each corpus only. Default: all.")
  Integer chunks;

  int mostChunks() {
    return chunks == null ? Integer.MAX_VALUE : chunks;
  }
}
