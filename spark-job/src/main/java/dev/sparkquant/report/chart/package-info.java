/**
 * Pictures: scales and marks become shapes, shapes become SVG or PNG.
 *
 * <p>A chart is drawn once, as a list of shapes with places in pixels; both writers put out the
 * same list, so an SVG and a PNG of a chart agree. Knows numbers and names only, nothing of models,
 * files or pages.
 */
package dev.sparkquant.report.chart;
