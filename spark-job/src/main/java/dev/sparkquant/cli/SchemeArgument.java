package dev.sparkquant.cli;

import picocli.CommandLine.Option;

/** The one scheme that {@code quantize} and {@code plan} take. */
class SchemeArgument {
  @Option(
      names = {"-s", "--scheme"},
      required = true,
      paramLabel = "NAME|FILE.yaml",
      completionCandidates = SchemeNames.class,
      description = {
        "A mixture of llama-quantize such as Q4_K_M, COPY, a scheme that comes along such as"
            + " Q4_K_XXXL (see 'sparkquant schemes'), or a scheme file of your own."
      })
  String name;
}
