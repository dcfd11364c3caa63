package dev.sparkquant.report.data;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the schemes' sizes and divergences come to.
 *
 * @param measured schemes with a size and a divergence, the smallest first
 * @param front those of them that no other beats
 * @param bestTrade of the front the one where paying more begins to buy less: the farthest below
 *     the straight line between the front's ends, in size and logarithm of the mean divergence
 */
public record Findings(
    List<SchemeResult> measured, Set<SchemeResult> front, Optional<SchemeResult> bestTrade) {

  /** The findings of these schemes. */
  public static Findings of(List<SchemeResult> schemes) {
    List<SchemeResult> measured =
        schemes.stream()
            .filter(s -> s.bytes().isPresent() && s.divergence().isPresent())
            .sorted(Comparator.comparingDouble(Findings::size))
            .toList();
    Set<SchemeResult> front = ParetoFront.of(measured, Findings::size, Findings::cost);
    return new Findings(measured, front, knee(List.copyOf(front)));
  }

  /** The scheme of the smallest file. */
  public SchemeResult smallest() {
    return measured.get(0);
  }

  /** The scheme of the least mean divergence. */
  public SchemeResult closest() {
    return measured.stream().min(Comparator.comparingDouble(Findings::cost)).orElseThrow();
  }

  /** Those that another beats. */
  public List<SchemeResult> beaten() {
    return measured.stream().filter(scheme -> !front.contains(scheme)).toList();
  }

  /** The closest to the original of those that beat a scheme. */
  public SchemeResult winnerOver(SchemeResult beaten) {
    return front.stream()
        .filter(scheme -> size(scheme) <= size(beaten))
        .min(Comparator.comparingDouble(Findings::cost))
        .orElseThrow();
  }

  private static double size(SchemeResult scheme) {
    return scheme.bytes().orElseThrow();
  }

  private static double cost(SchemeResult scheme) {
    return scheme.divergence().orElseThrow().kld().value();
  }

  private static double logCost(SchemeResult scheme) {
    return Math.log(Math.max(cost(scheme), 1e-12));
  }

  private static Optional<SchemeResult> knee(List<SchemeResult> front) {
    if (front.size() < 3) {
      return Optional.empty();
    }
    SchemeResult first = front.get(0);
    SchemeResult last = front.get(front.size() - 1);
    double slope = (logCost(last) - logCost(first)) / (size(last) - size(first));
    return front.stream()
        .max(
            Comparator.comparingDouble(
                s -> logCost(first) + slope * (size(s) - size(first)) - logCost(s)));
  }
}
