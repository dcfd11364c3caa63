package dev.sparkquant.cli;

import dev.sparkquant.plan.SchemePlan;
import dev.sparkquant.policy.Scheme;
import java.util.List;
import java.util.Locale;

/**
 * A scheme that can be carried out, and where its result goes.
 *
 * @param asked how the user named the scheme
 * @param definition the scheme's YAML; null for one of llama-quantize's own
 * @param path absolute path of the output as asked for; shards take their names from it
 */
record SchemeOutput(String asked, Scheme scheme, String definition, SchemePlan plan, String path) {

  String name() {
    return scheme.name();
  }

  /** What a user should see: options without effect, rules never reached. */
  List<String> warnings() {
    return plan.assignments().warnings();
  }

  /** What must not be the same for two outputs of a run: tables know them by name. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
