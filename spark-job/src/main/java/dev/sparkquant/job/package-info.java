/**
 * The Spark jobs: the driver's run from plan to published files, the task that executors run, and
 * what travels between them.
 *
 * <p>May use every package but {@code cli}.
 */
package dev.sparkquant.job;
