package dev.sparkquant.gguf.io;

import java.io.IOException;
import java.nio.file.Path;

/** Opens stored files by name: how a reader that finds names in a file reaches those files. */
@FunctionalInterface
public interface InputOpener {

  /**
   * Opens the file of that name, a path or URI as the storage understands it.
   *
   * @throws java.nio.file.NoSuchFileException or {@link java.io.FileNotFoundException} if there is
   *     no such file
   */
  SeekableInput open(String name) throws IOException;

  /** Opens local files by path. */
  static InputOpener local() {
    return name -> LocalFileInput.open(Path.of(name));
  }
}
