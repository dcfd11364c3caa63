package dev.sparkquant.kernels.peer;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.function.BooleanSupplier;

/** Runs native code while the process's standard error leads nowhere. */
final class MutedStandardError {
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;
  private static final LibC LIB_C = Native.load("c", LibC.class);

  private MutedStandardError() {}

  static boolean call(BooleanSupplier nativeCode) {
    int saved = LIB_C.dup(STANDARD_ERROR);
    int nowhere = LIB_C.open("/dev/null", WRITE_ONLY);
    LIB_C.dup2(nowhere, STANDARD_ERROR);
    try {
      return nativeCode.getAsBoolean();
    } finally {
      LIB_C.dup2(saved, STANDARD_ERROR);
      LIB_C.close(saved);
      LIB_C.close(nowhere);
    }
  }

  /** The functions used, under their C names. */
  interface LibC extends Library {
    int dup(int descriptor);

    int dup2(int from, int to);

    int open(String path, int flags);

    int close(int descriptor);
  }
}
