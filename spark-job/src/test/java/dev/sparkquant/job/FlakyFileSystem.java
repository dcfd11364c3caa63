package dev.sparkquant.job;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/** The local file system under another name, from which tasks' first attempts to open fail. */
public final class FlakyFileSystem extends RawLocalFileSystem {
  /** Attempts that are still to fail. */
  static final AtomicInteger FAILURES = new AtomicInteger();

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (TaskContext.get() != null && FAILURES.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IOException("the network is down");
    }
    return super.open(file, bufferSize);
  }
}
