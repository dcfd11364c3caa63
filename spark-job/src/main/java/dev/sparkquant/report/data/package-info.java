/**
 * What a report says, as plain data: read from a run's record and tables, or computed from them.
 *
 * <p>Tables are read column by column and row by row, never held; knows nothing of pictures and
 * pages.
 */
package dev.sparkquant.report.data;
