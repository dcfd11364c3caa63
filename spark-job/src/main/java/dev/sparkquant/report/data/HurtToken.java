package dev.sparkquant.report.data;

import java.util.List;

/**
 * A token whose prediction a scheme changed a lot.
 *
 * @param position of the token within its chunk
 * @param before ids of the tokens in front of it, as far as they are known
 * @param token the id of the token that came next
 * @param kld divergence of the prediction, in nats
 */
public record HurtToken(
    String corpus,
    int chunk,
    int position,
    List<Integer> before,
    int token,
    double kld,
    double probability,
    double baseProbability,
    boolean sameTop) {

  public HurtToken {
    before = List.copyOf(before);
  }
}
