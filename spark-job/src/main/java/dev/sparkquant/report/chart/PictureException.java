package dev.sparkquant.report.chart;

/** This machine cannot draw. */
public final class PictureException extends Exception {
  PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
