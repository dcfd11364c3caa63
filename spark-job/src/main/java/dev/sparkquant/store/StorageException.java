package dev.sparkquant.store;

import java.io.IOException;

/** Storage refuses what was asked of it, in a sentence meant for the user. */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
