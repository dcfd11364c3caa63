package dev.sparkquant.policy;

/** A file type and options of {@code llama-quantize}, from one line of text. */
record Command(Scheme scheme, QuantizeOptions options) {

  static Command parse(String text) {
    String[] words = text.split(" ", -1);
    Scheme scheme =
        words[0].equals("COPY")
            ? Scheme.COPY
            : Scheme.of(FileType.fromName(words[0]).orElseThrow());
    QuantizeOptions.Builder options = QuantizeOptions.builder().allowRequantize(true);
    for (int i = 1; i < words.length; i++) {
      switch (words[i]) {
        case "--pure" -> options.pure(true);
        case "--imatrix" -> options.imatrix(true);
        case "--leave-output-tensor" -> options.leaveOutputTensor(true);
        case "--keep-split" -> options.keepSplit(true);
        case "--output-tensor-type" -> options.outputTensorType(words[++i]);
        case "--token-embedding-type" -> options.tokenEmbeddingType(words[++i]);
        case "--tensor-type" -> options.tensorType(words[++i]);
        case "--override-kv" -> options.overrideKv(words[++i]);
        case "--prune-layers" -> options.pruneLayers(words[++i]);
        default -> throw new IllegalArgumentException(words[i]);
      }
    }
    return new Command(scheme, options.build());
  }
}
