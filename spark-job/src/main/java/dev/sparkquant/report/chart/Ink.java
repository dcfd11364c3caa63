package dev.sparkquant.report.chart;

import java.util.EnumSet;
import java.util.Locale;

/**
 * A colour by what it is for, on light and on dark paper.
 *
 * <p>The series are the hues of Okabe and Ito, which people without full colour vision tell apart,
 * darkened or lightened until lines stand out from the paper. The ramp goes from little to much in
 * steps of even lightness, with one hue turning from yellow to blue.
 */
public enum Ink {
  PAPER("#ffffff", "#14171c"),
  TEXT("#1b1f24", "#e9ecf0"),
  MUTED("#5b6470", "#9da7b3"),
  GRID("#e3e6ea", "#2b3038"),
  FRONT("#0b63a5", "#5db4f0"),
  BEATEN("#8a5a00", "#e0a84a"),
  SERIES_1("#0b63a5", "#5db4f0"),
  SERIES_2("#c4520a", "#f08a4b"),
  SERIES_3("#00805c", "#3ec79d"),
  SERIES_4("#a84a82", "#e294c2"),
  SERIES_5("#8a6500", "#e3b93c"),
  SERIES_6("#3b3f46", "#c3c9d1"),
  RAMP_1("#f6efc4", "#2a2b3c"),
  RAMP_2("#dfe3b0", "#2d3b58"),
  RAMP_3("#bcd5ad", "#30506f"),
  RAMP_4("#93c3b0", "#356782"),
  RAMP_5("#6aabb2", "#3f8091"),
  RAMP_6("#478fae", "#53999a"),
  RAMP_7("#3071a2", "#76b29d"),
  RAMP_8("#28538c", "#a8c9a0"),
  RAMP_9("#27376b", "#e3dfa8");

  private static final Ink[] SERIES = {SERIES_1, SERIES_2, SERIES_3, SERIES_4, SERIES_5, SERIES_6};
  private static final Ink[] RAMP = {
    RAMP_1, RAMP_2, RAMP_3, RAMP_4, RAMP_5, RAMP_6, RAMP_7, RAMP_8, RAMP_9
  };

  private final String light;
  private final String dark;

  Ink(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  /** The colour on light paper, as {@code #rrggbb}. */
  public String light() {
    return light;
  }

  /** The colour on dark paper, as {@code #rrggbb}. */
  public String dark() {
    return dark;
  }

  /** The colour's name in style sheets. */
  public String css() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The ink of the n-th of several lines, from 0; inks repeat after {@link #seriesCount()}. */
  static Ink series(int n) {
    return SERIES[n % SERIES.length];
  }

  static int seriesCount() {
    return SERIES.length;
  }

  /**
   * A step of the ramp.
   *
   * @param share from 0, little, to 1, much
   */
  static Ink ramp(double share) {
    int step = (int) Math.round(share * (RAMP.length - 1));
    return RAMP[Math.max(0, Math.min(RAMP.length - 1, step))];
  }

  /** What can be read when written on this ink. */
  Ink readableOnIt() {
    return EnumSet.range(RAMP_6, RAMP_9).contains(this) ? PAPER : TEXT;
  }
}
