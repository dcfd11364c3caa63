package dev.sparkquant.policy;

import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of a scheme, checked against one model. */
final class RuleBook {
  private final List<SchemeRule> rules;
  private final int layers;
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param tensors of the model, under the names that rules see
   * @throws PolicyException if a rule names layers the model lacks, or matches no tensor in it that
   *     can be quantized
   */
  RuleBook(List<SchemeRule> rules, ModelTraits traits, List<TensorInfo> tensors) {
    this.rules = rules;
    this.layers = traits.layers();
    for (SchemeRule rule : rules) {
      for (LayerRange range : rule.layers()) {
        check(rule, range, traits);
      }
    }
    if (!rules.isEmpty()) {
      checkUse(tensors);
    }
  }

  private void checkUse(List<TensorInfo> tensors) {
    List<String> names =
        tensors.stream().filter(QuantizableTensor::test).map(TensorInfo::name).toList();
    List<SchemeRule> used =
        names.stream().flatMap(name -> firstMatch(name).stream()).distinct().toList();
    for (SchemeRule rule : rules) {
      if (names.stream().noneMatch(name -> rule.matches(name, layers))) {
        throw new PolicyException(rule.place() + ": " + nothingMatched(rule, tensors));
      }
      if (!used.contains(rule)) {
        warnings.add(
            rule.place() + ": the rule has no effect: rules before it match all its tensors");
      }
    }
  }

  /** What the first rule that matches a tensor of that name says. */
  Optional<Choice> find(String name) {
    return firstMatch(name)
        .map(rule -> Choice.preferably(rule.type(), new Reason(Reason.Kind.RULE, rule.text())));
  }

  /** Sentences on rules that are never reached. */
  List<String> warnings() {
    return warnings;
  }

  private Optional<SchemeRule> firstMatch(String name) {
    return rules.stream().filter(rule -> rule.matches(name, layers)).findFirst();
  }

  private static void check(SchemeRule rule, LayerRange range, ModelTraits traits) {
    try {
      range.check(traits.layers(), traits.layers() + traits.predictionLayers());
    } catch (PolicyException e) {
      throw new PolicyException(rule.place() + ": " + e.getMessage());
    }
  }

  private String nothingMatched(SchemeRule rule, List<TensorInfo> tensors) {
    Optional<String> fixed =
        tensors.stream()
            .map(TensorInfo::name)
            .filter(name -> rule.matches(name, layers))
            .findFirst();
    return fixed.isPresent()
        ? "the rule matches only tensors that are never quantized, such as " + fixed.get()
        : "the rule matches no tensor of this model";
  }
}
