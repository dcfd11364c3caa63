package dev.sparkquant.store;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * A file on any Hadoop file system, read by position. Who reads on where the last read ended is
 * served from a {@link ReadAhead}, as a request for every few rows would cost more than the rows.
 * Threads may share one.
 */
final class HadoopInput implements SeekableInput {
  private final Path path;
  private final long length;
  private final FSDataInputStream stream;
  private final ReadAhead readAhead;
  private long end = -1;

  HadoopInput(Path path, Configuration configuration) throws IOException {
    this.path = path;
    FileSystem fileSystem = FileSystems.of(path, configuration);
    FileStatus status = fileSystem.getFileStatus(path);
    if (status.isDirectory()) {
      throw new StorageException("Cannot read " + path + ": it is a directory, not a file");
    }
    this.length = status.getLen();
    this.stream =
        FutureIO.awaitFuture(
            fileSystem
                .openFile(path)
                .withFileStatus(status)
                .opt(
                    Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                    Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM)
                .build());
    boolean isVectored =
        stream.hasCapability(StreamCapabilities.VECTOREDIO)
            || fileSystem.hasPathCapability(path, StreamCapabilities.VECTOREDIO);
    this.readAhead = new ReadAhead(stream, length, isVectored);
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void readFully(long position, byte[] buffer, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, buffer.length);
    synchronized (readAhead) {
      boolean isNext = position == end;
      end = position + count;
      if (isNext && readAhead.read(position, buffer, offset, count)) {
        return;
      }
    }
    stream.readFully(position, buffer, offset, count);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
