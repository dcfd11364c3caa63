package dev.sparkquant.report.html;

import dev.sparkquant.report.data.ReportData;

/** What the page is called. */
final class PageTitle {
  private PageTitle() {}

  static String of(ReportData data) {
    String name = data.run().input() == null ? null : data.run().input().name();
    return name == null || name.isBlank() ? "What quantization costs" : name;
  }
}
