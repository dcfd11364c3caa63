/**
 * The seam between the format and storage: a seekable input, a positioned output, and their
 * implementation for local files.
 *
 * <p>Depends on the JDK only.
 */
package dev.sparkquant.gguf.io;
