package dev.sparkquant.report;

import java.util.Locale;

/** How amounts appear, on the terminal and in reports. */
public final class Numbers {
  private Numbers() {}

  /** Bytes in decimal units, three significant digits: {@code 13.7 MB}. */
  public static String bytes(double bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    while (bytes >= 999.5 && unit < units.length - 1) {
      bytes /= 1000;
      unit++;
    }
    String format =
        unit == 0 || bytes >= 99.95 ? "%.0f %s" : bytes >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, bytes, units[unit]);
  }

  /** A count in decimal units: {@code 6.83 M}. */
  public static String count(double count) {
    return bytes(count).replace(" B", "").replace("kB", "k").replace("B", "").strip();
  }

  /** Seconds as {@code 4.2 s}, {@code 3:07 min} or {@code 1:02:03 h}. */
  public static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
