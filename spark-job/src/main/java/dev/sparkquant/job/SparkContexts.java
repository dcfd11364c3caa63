package dev.sparkquant.job;

import dev.sparkquant.encode.KernelWarmUp;
import dev.sparkquant.plan.QuantizePlan;
import dev.sparkquant.store.Storage;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Starts Spark for the jobs of this application: embedded by default, as submitted otherwise. */
public final class SparkContexts {
  /** Masters whose tasks run in the driver's own JVM. */
  private static final Pattern LOCAL_MASTER = Pattern.compile("local(\\[.*)?");

  private SparkContexts() {}

  /** Storage with Hadoop's settings as tasks will have them. */
  public static Storage storage() {
    return new Storage(SparkContexts::hadoopConfiguration);
  }

  /** Hadoop's settings: its files, and {@code spark.hadoop.*}. */
  private static Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /**
   * A context with Kryo restricted to registered classes. Settings that {@code spark-submit} or
   * system properties give take precedence; without a master it is {@code local[*]}, without its
   * web interface, which nobody would find.
   */
  public static JavaSparkContext start(String applicationName) {
    return start(applicationName, Integer.MAX_VALUE);
  }

  /**
   * The same for a plan. Where its tasks run in this JVM, their kernels are compiled meanwhile.
   *
   * @param weighted indices of the plan's source tensors that have importance
   */
  public static JavaSparkContext start(
      String applicationName, QuantizePlan plan, Set<Integer> weighted) {
    // Not by way of SparkConf, which takes its time.
    String master = System.getProperty("spark.master", "local[*]");
    if (LOCAL_MASTER.matcher(master).matches()) {
      KernelWarmUp.start(plan, weighted);
    }
    return start(applicationName);
  }

  /**
   * The same for a job of few tasks: without a master, this machine's cores are shared out among
   * them.
   *
   * @param tasks that can run at a time, at least 1
   */
  public static JavaSparkContext start(String applicationName, int tasks) {
    SparkConf conf = new SparkConf();
    if (!conf.contains("spark.master")) {
      int cores = Runtime.getRuntime().availableProcessors();
      conf.setIfMissing("spark.task.cpus", Integer.toString(Math.max(1, cores / tasks)));
      conf.setMaster("local[*]");
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
    }
    conf.setIfMissing("spark.app.name", applicationName);
    conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    conf.set("spark.kryo.registrationRequired", "true");
    conf.set("spark.kryo.registrator", SparkquantRegistrator.class.getName());
    conf.setIfMissing("spark.kryoserializer.buffer.max", "1g");
    return new JavaSparkContext(conf);
  }
}
