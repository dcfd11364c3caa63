package dev.sparkquant.job;

import java.io.IOException;

/** Reading or writing failed in a task; Spark may try the task again. */
final class TaskIoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskIoException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
