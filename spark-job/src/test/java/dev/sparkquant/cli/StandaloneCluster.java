package dev.sparkquant.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spark standalone cluster on this machine: a master and worker processes, all from the jars that
 * Maven fetched. Executors are processes of their own. Closing it ends them all.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER_READY = Pattern.compile("Starting Spark master at (\\S+)");
  private static final Pattern WORKER_READY =
      Pattern.compile("Successfully registered with master (\\S+)");
  private static final int WORKER_CORES = 2;

  private final Path folder;
  private final Map<String, String> settings;
  private final List<LoggedProcess> workers = new ArrayList<>();
  private LoggedProcess masterProcess;
  private String master;

  private StandaloneCluster(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Starts a cluster of workers of two cores and a gibibyte each, and returns when they are ready.
   *
   * @param folder for its logs and scratch files
   * @param settings Spark's, of the master and the workers themselves
   */
  static StandaloneCluster start(Path folder, int workers, Map<String, String> settings)
      throws Exception {
    StandaloneCluster cluster = new StandaloneCluster(folder, settings);
    try {
      cluster.makeSparkHome();
      cluster.startMaster();
      for (int i = 0; i < workers; i++) {
        cluster.startWorker(i);
      }
      for (LoggedProcess worker : cluster.workers) {
        worker.awaitReady();
      }
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** A Spark installation as far as workers need one: a folder of jars. */
  private void makeSparkHome() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("spark/jars"));
    String classpath =
        Files.readString(Home.folder().resolve("spark-job/target/classpath")).strip();
    for (String jar : classpath.split(File.pathSeparator, -1)) {
      Path file = Path.of(jar);
      Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
    }
    Files.writeString(
        folder.resolve("log4j2.properties"),
        """
        rootLogger.level = info
        rootLogger.appenderRef.stdout.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
        """);
  }

  private void startMaster() throws Exception {
    List<String> arguments = List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    masterProcess =
        start("org.apache.spark.deploy.master.Master", arguments, "master", MASTER_READY);
    master = masterProcess.awaitReady();
  }

  private void startWorker(int number) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0"));
    arguments.addAll(List.of("--webui-port", "0", "--cores", Integer.toString(WORKER_CORES)));
    arguments.addAll(List.of("--memory", "1g"));
    arguments.addAll(List.of("--work-dir", folder.resolve("work-" + number).toString(), master));
    workers.add(
        start(
            "org.apache.spark.deploy.worker.Worker", arguments, "worker-" + number, WORKER_READY));
  }

  private LoggedProcess start(String main, List<String> arguments, String name, Pattern ready)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Home.folder().resolve("conf/jvm.options"));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dlog4j2.configurationFile=file:" + folder.resolve("log4j2.properties"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", folder.resolve("spark/jars") + "/*", main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    setEnvironment(builder);
    return LoggedProcess.start(builder, folder.resolve(name + ".log"), ready);
  }

  private void setEnvironment(ProcessBuilder builder) {
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", folder.resolve("spark").toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_LOCAL_DIRS", folder.resolve("scratch").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.keySet().removeIf(name -> name.equals("SPARK_CONF_DIR"));
  }

  /** The master's address, {@code spark://…}. */
  String master() {
    return master;
  }

  /**
   * Submits a command through the launcher.
   *
   * @param log receives what the driver prints
   * @param command such as {@code quantize -i …}
   * @param sparkArguments what follows {@code --}, beside the master and sizes that fit this
   *     cluster
   */
  Process submit(Path log, List<String> command, List<String> sparkArguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Home.folder().resolve("submit/sparkquant").toString());
    words.addAll(command);
    words.addAll(List.of("--", "--master", master, "--executor-memory", "512m"));
    words.addAll(List.of("--conf", "spark.ui.enabled=false"));
    words.addAll(sparkArguments);
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
    setEnvironment(builder);
    return builder.start();
  }

  /** The executors' processes that run now. */
  List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(worker -> worker.handle().descendants())
        .filter(StandaloneCluster::isExecutor)
        .toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend");
  }

  /** What executors have printed, all together. */
  String executorLogs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(StandaloneCluster::isExecutorLog).toList()) {
        text.append(file).append('\n').append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static boolean isExecutorLog(Path file) {
    String name = file.getFileName().toString();
    return name.equals("stderr") || name.equals("stdout");
  }

  @Override
  public void close() {
    List<ProcessHandle> processes = new ArrayList<>();
    for (LoggedProcess worker : workers) {
      // First the worker, which would start its executors again.
      processes.add(worker.handle());
      processes.addAll(worker.handle().descendants().toList());
    }
    if (masterProcess != null) {
      processes.add(masterProcess.handle());
    }
    processes.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes) {
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }
}
