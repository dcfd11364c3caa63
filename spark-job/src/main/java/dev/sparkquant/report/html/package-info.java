/**
 * The report's page: one HTML file that needs nothing else.
 *
 * <p>All text goes through {@link dev.sparkquant.report.html.Html}, which escapes it; a content
 * security policy lets no script and no style run but the page's own.
 */
package dev.sparkquant.report.html;
