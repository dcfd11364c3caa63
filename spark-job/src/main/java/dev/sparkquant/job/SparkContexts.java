package dev.sparkquant.job;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark for the jobs of this application: embedded by default, as submitted otherwise. */
public final class SparkContexts {
  private SparkContexts() {}

  /**
   * A context with Kryo restricted to registered classes. Settings that {@code spark-submit} or
   * system properties give take precedence; without a master it is {@code local[*]}, without its
   * web interface, which nobody would find.
   */
  public static JavaSparkContext start(String applicationName) {
    SparkConf conf = new SparkConf();
    if (!conf.contains("spark.master")) {
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
