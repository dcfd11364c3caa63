package dev.sparkquant.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * The local file system under another name, on which a fifth of the tasks fail the first time they
 * open a file, and a quarter do not get on as long as a certain file is there.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final String SEED = "test.faulty.seed";
  static final String STALLS_WHILE = "test.faulty.stalls.while";

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    TaskContext task = TaskContext.get();
    if (task != null) {
      SplittableRandom random =
          new SplittableRandom(getConf().getLong(SEED, 0) * 1000 + task.partitionId()).split();
      if (random.nextInt(5) == 0 && task.attemptNumber() == 0) {
        throw new IOException("the network is down");
      }
      if (random.nextInt(4) == 0) {
        stall(java.nio.file.Path.of(getConf().get(STALLS_WHILE)));
      }
    }
    return super.open(file, bufferSize);
  }

  private static void stall(java.nio.file.Path marker) throws IOException {
    try {
      while (Files.exists(marker)) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("stopped while the storage stalled");
    }
  }
}
