package dev.sparkquant.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the application in a virtual machine of its own, as the launcher does. */
final class ChildProcess {
  private ChildProcess() {}

  /**
   * Starts a command.
   *
   * @param log receives what it prints
   * @param jvmOptions such as {@code -Xmx1g}
   */
  static Process start(Path log, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Home.folder().resolve("conf/jvm.options"));
    command.add("-Dsparkquant.home=" + Home.folder());
    command.add(
        "-Dlog4j2.configurationFile=file:" + Home.folder().resolve("conf/log4j2.properties"));
    command.add("-Dspark.master=local[2]");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
