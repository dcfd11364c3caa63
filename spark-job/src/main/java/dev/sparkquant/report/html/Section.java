package dev.sparkquant.report.html;

/** A part of the page. */
@FunctionalInterface
interface Section {
  void writeTo(Html html);
}
