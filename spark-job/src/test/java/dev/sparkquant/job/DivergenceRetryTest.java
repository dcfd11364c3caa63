package dev.sparkquant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.eval.divergence.DivergenceStatistics;
import dev.sparkquant.store.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that fail are tried again, and leave no trace in the figures. */
class DivergenceRetryTest {
  private static final String MODEL =
      "flaky:" + Path.of("src/test/resources/models/tiny-mistral-iq2_m.gguf").toAbsolutePath();
  private static final String FILE_SYSTEM = "fs.flaky.impl";

  private static final DivergenceProgress SILENT =
      new DivergenceProgress() {
        @Override
        public void started(int chunks, int chunksDone) {}

        @Override
        public void advanced(int chunksDone, long tokens, List<Double> meanDivergences) {}

        @Override
        public void ended() {}
      };

  @TempDir Path folder;

  private DivergenceStatistics evaluate(JavaSparkContext spark, int failures) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(FILE_SYSTEM, FlakyFileSystem.class.getName());
    int[] tokens = IntStream.range(0, 256).map(i -> i * 37 % 2000).toArray();
    DivergenceOrder order =
        new DivergenceOrder(
            Path.of(System.getProperty("sparkquant.home"), "submit/demo/tiny-mistral-bf16.gguf")
                .toString(),
            null,
            List.of(MODEL),
            List.of(TokenizedCorpus.of("ids", tokens, 64, 4, OptionalInt.of(1))),
            null);
    FlakyFileSystem.FAILURES.set(failures);
    return new DivergenceJob(spark, new Storage(configuration), SILENT)
        .run(order, folder.resolve("failures-" + failures), false)
        .models()
        .get(0)
        .statistics();
  }

  @Test
  void failuresAreRepeatedThreeTimesAndThenNamed() throws Exception {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1,4]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", SparkquantRegistrator.class.getName())
            .set("spark.hadoop." + FILE_SYSTEM, FlakyFileSystem.class.getName());
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      DivergenceStatistics undisturbed = evaluate(spark, 0);

      assertThat(evaluate(spark, 3)).usingRecursiveComparison().isEqualTo(undisturbed);
      assertThatThrownBy(() -> evaluate(spark, 1000))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("the network is down");
    }
  }
}
