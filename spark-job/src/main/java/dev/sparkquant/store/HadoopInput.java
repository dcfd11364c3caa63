package dev.sparkquant.store;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file on any Hadoop file system, read by position. */
final class HadoopInput implements SeekableInput {
  private final Path path;
  private final long length;
  private final FSDataInputStream stream;

  HadoopInput(Path path, Configuration configuration) throws IOException {
    this.path = path;
    FileSystem fileSystem = path.getFileSystem(configuration);
    FileStatus status = fileSystem.getFileStatus(path);
    this.length = status.getLen();
    this.stream = fileSystem.open(path);
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
    stream.readFully(position, buffer, offset, count);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
