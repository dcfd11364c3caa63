package dev.sparkquant.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** What tests want to know of files on a Hadoop file system. */
final class RemoteFiles {
  private RemoteFiles() {}

  static String sha256(FileSystem fileSystem, String file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (DigestInputStream in = new DigestInputStream(fileSystem.open(new Path(file)), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Copies a local file, and gives its new name back. */
  static String copy(FileSystem fileSystem, java.nio.file.Path from, String to) throws IOException {
    fileSystem.copyFromLocalFile(new Path(from.toUri()), new Path(to));
    return to;
  }

  /** Names of all files under a folder, relative to it. */
  static List<String> list(FileSystem fileSystem, String folder) throws IOException {
    List<String> names = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(new Path(folder), true);
    while (files.hasNext()) {
      String path = files.next().getPath().toString();
      names.add(path.substring(folder.length() + 1));
    }
    names.sort(null);
    return names;
  }
}
