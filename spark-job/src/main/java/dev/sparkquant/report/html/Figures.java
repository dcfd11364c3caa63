package dev.sparkquant.report.html;

import dev.sparkquant.eval.divergence.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers appear in a report. */
final class Figures {
  private static final String NARROW_SPACE = "\u202f";

  private Figures() {}

  /** Three significant digits without exponent: {@code 0.000743}. */
  static String significant(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : "–";
    }
    return new BigDecimal(value).round(new MathContext(3)).toPlainString().replace('-', '−');
  }

  static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return text.replace("-", zero ? "" : "−");
  }

  /** A value and its standard error with as many decimals. */
  static String estimate(Estimate estimate, double factor, int decimals) {
    return fixed(estimate.value() * factor, decimals)
        + " ± "
        + fixed(estimate.error() * factor, decimals);
  }

  /** A share as per cent. */
  static String percent(double share, int decimals) {
    return fixed(100 * share, decimals) + " %";
  }

  /** A whole number with thin spaces between thousands. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(",", NARROW_SPACE);
  }
}
