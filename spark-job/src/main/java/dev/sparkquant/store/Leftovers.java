package dev.sparkquant.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an unfinished run left beside an output: a {@link Workspace}'s folder that nobody owns.
 *
 * @param folder never a link
 * @param files in it that are sparkquant's
 * @param others in it that are not, and keep it from being removed
 */
public record Leftovers(Path folder, List<Path> files, List<Path> others) {
  public Leftovers {
    files = List.copyOf(files);
    others = List.copyOf(others);
  }

  /** What was left beside an output, if anything. */
  public static Optional<Leftovers> of(Path output) throws IOException {
    return in(output.resolveSibling(output.getFileName() + Workspace.SUFFIX));
  }

  /**
   * What was left at a path: an output, the folder beside it, or a folder of outputs.
   *
   * @throws StorageException if there is no such folder
   */
  public static List<Leftovers> at(Path path) throws IOException {
    List<Leftovers> found = new ArrayList<>();
    of(path).ifPresent(found::add);
    if (path.toString().endsWith(Workspace.SUFFIX)) {
      in(path).ifPresent(found::add);
    } else if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(path, "*" + Workspace.SUFFIX)) {
        for (Path folder : folders) {
          in(folder).ifPresent(found::add);
        }
      }
    } else if (found.isEmpty() && !Files.isDirectory(path.getParent())) {
      throw new StorageException("Cannot clean " + path + ": no such file or folder");
    }
    return found;
  }

  private static Optional<Leftovers> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    List<Path> files = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        (isOurs(entry) ? files : others).add(entry);
      }
    }
    return Optional.of(new Leftovers(folder, files, others));
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && (file.equals(FolderLock.file(file.getParent()))
            || name.equals(Workspace.MANIFEST)
            || name.equals(Workspace.MANIFEST + ".new")
            || Workspace.isOf(file.getParent(), name));
  }

  /** Bytes of its files; holes count. */
  public long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /**
   * Removes what is sparkquant's, and the folder if that was all.
   *
   * @throws StorageException if a run owns it now
   */
  public void remove() throws IOException {
    String name = folder.getFileName().toString();
    Path output =
        folder.resolveSibling(name.substring(0, name.length() - Workspace.SUFFIX.length()));
    try (Workspace workspace = Workspace.claim(output, true)) {
      for (Path file : files) {
        if (!file.equals(FolderLock.file(folder))) {
          Files.deleteIfExists(file);
        }
      }
      workspace.keep(!others.isEmpty());
    }
  }
}
