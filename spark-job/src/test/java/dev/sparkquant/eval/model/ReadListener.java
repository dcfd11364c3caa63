package dev.sparkquant.eval.model;

import java.io.IOException;

/** Told of every read of a {@link WatchedInput}, before it happens. */
@FunctionalInterface
interface ReadListener {
  void reads(int length) throws IOException;
}
