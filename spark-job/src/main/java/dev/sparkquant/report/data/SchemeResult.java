package dev.sparkquant.report.data;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One scheme's outcome.
 *
 * @param bytes size of the file, if known
 * @param error why there is no file, if there is none
 * @param divergence over all corpora, if it was measured
 * @param byCorpus over each, if there are several
 */
public record SchemeResult(
    String name,
    OptionalLong bytes,
    OptionalDouble bitsPerWeight,
    Optional<String> error,
    Optional<Divergence> divergence,
    Map<String, Divergence> byCorpus) {}
