package dev.sparkquant.cli;

import java.util.Map;

/** How two things differ, to be shown. */
interface Comparison {

  /** Prints it as tables on standard output. */
  void print();

  /** The same as an object for {@link Json}. */
  Map<String, Object> asMap();
}
