package dev.sparkquant.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output goes to a file, and is watched for the line that says it is ready. */
final class LoggedProcess {
  private static final long READY_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private LoggedProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a process.
   *
   * @param readyLine its first group is what {@link #awaitReady} returns
   */
  static LoggedProcess start(ProcessBuilder builder, Path log, Pattern readyLine)
      throws IOException {
    LoggedProcess started = new LoggedProcess(builder.redirectErrorStream(true).start(), log);
    Thread copier = new Thread(() -> started.copy(readyLine), "log of " + log.getFileName());
    copier.setDaemon(true);
    copier.start();
    return started;
  }

  private void copy(Pattern readyLine) {
    try (BufferedReader lines = process.inputReader();
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(log), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        Matcher matcher = readyLine.matcher(line);
        if (matcher.find()) {
          ready.complete(matcher.group(1));
        }
      }
      ready.completeExceptionally(new IOException("ended before it was ready: " + log));
    } catch (IOException e) {
      ready.completeExceptionally(new UncheckedIOException(log.toString(), e));
    }
  }

  String awaitReady() throws Exception {
    try {
      return ready.get(READY_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("Not ready in time:\n" + Files.readString(log), e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }
}
