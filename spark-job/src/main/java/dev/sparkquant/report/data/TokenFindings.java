package dev.sparkquant.report.data;

import java.util.List;
import java.util.Map;

/**
 * What single tokens tell.
 *
 * @param byPosition for each scheme its mean divergence at positions of a chunk
 * @param hurtMost for each scheme the tokens that diverge most, the worst first
 */
public record TokenFindings(
    Map<String, List<PositionMean>> byPosition, Map<String, List<HurtToken>> hurtMost) {

  /**
   * The mean over neighbouring positions, of all chunks.
   *
   * @param position the middle one, counted from the chunk's beginning
   * @param kld in nats
   */
  public record PositionMean(double position, double kld) {}
}
