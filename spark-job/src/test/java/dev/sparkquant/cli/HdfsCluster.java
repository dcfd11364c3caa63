package dev.sparkquant.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A name node and two data nodes in this process. */
final class HdfsCluster implements AutoCloseable {
  /** The smallest that HDFS allows: a small model has several parts. */
  private static final String BLOCK_BYTES = "1048576";

  private final MiniDFSCluster cluster;

  HdfsCluster(Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    configuration.set("dfs.blocksize", BLOCK_BYTES);
    System.setProperty("spark.hadoop.dfs.blocksize", BLOCK_BYTES);
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
    cluster.waitActive();
  }

  FileSystem fileSystem() throws IOException {
    return cluster.getFileSystem();
  }

  /** The URI of a path that starts with a slash. */
  String uri(String path) {
    return cluster.getURI() + path;
  }

  @Override
  public void close() {
    cluster.shutdown();
    System.clearProperty("spark.hadoop.dfs.blocksize");
  }
}
