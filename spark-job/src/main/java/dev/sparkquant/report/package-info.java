/**
 * What a run leaves to be read: Parquet tables.
 *
 * <p>May use {@code job} and the packages below it; knows nothing of the command line.
 */
package dev.sparkquant.report;
