package dev.sparkquant.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words that stand for roles in scheme files: every {@link TensorRole}, and groups of them. */
final class RoleGroup {
  private static final Map<String, Set<TensorRole>> BY_LABEL = byLabel();

  private RoleGroup() {}

  /** The roles a word stands for; spaces and hyphens count as underscores. */
  static Optional<Set<TensorRole>> find(String word) {
    String label = word.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  /** All words, for messages. */
  static List<String> labels() {
    return new ArrayList<>(BY_LABEL.keySet());
  }

  private static Map<String, Set<TensorRole>> byLabel() {
    Map<String, Set<TensorRole>> roles = new LinkedHashMap<>();
    roles.put("attention", labelled("attention_"));
    roles.put("ffn", labelled("ffn_", "experts_", "shared_experts_"));
    roles.put("experts", labelled("experts_"));
    roles.put("shared_experts", labelled("shared_experts_"));
    // Of any kind, so wider than the roles of these names.
    roles.put("ffn_up", labelled("ffn_up", "experts_up", "shared_experts_up"));
    roles.put("ffn_gate", labelled("ffn_gate", "experts_gate", "shared_experts_gate"));
    roles.put("ffn_down", labelled("ffn_down", "experts_down", "shared_experts_down"));
    for (TensorRole role : TensorRole.values()) {
      roles.putIfAbsent(role.label(), labelled(role.label()));
    }
    return Collections.unmodifiableMap(roles);
  }

  /** The roles whose labels start so. */
  private static Set<TensorRole> labelled(String... prefixes) {
    Set<TensorRole> roles = EnumSet.noneOf(TensorRole.class);
    for (TensorRole role : TensorRole.values()) {
      if (Arrays.stream(prefixes).anyMatch(role.label()::startsWith)) {
        roles.add(role);
      }
    }
    return Collections.unmodifiableSet(roles);
  }
}
