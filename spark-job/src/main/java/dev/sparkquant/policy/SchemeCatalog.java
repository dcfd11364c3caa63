package dev.sparkquant.policy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The schemes a user can name: {@code llama-quantize}'s own and the files of one directory, under
 * their names without {@code .yaml}.
 */
public final class SchemeCatalog {
  private static final String SUFFIX = ".yaml";

  private final Path directory;

  /**
   * @param directory with scheme files
   */
  public SchemeCatalog(Path directory) {
    this.directory = directory;
  }

  /**
   * A scheme in the list.
   *
   * @param description one line; for a file that is wrong, what is wrong with it
   * @param file that defines it, unless llama.cpp does
   */
  public record Entry(String name, String description, Optional<Path> file) {}

  /** All schemes: llama-quantize's by size of their number, then the files' by name. */
  public List<Entry> list() {
    List<Entry> entries = new ArrayList<>();
    for (FileType type : FileType.values()) {
      if (type.isSupported()) {
        entries.add(new Entry(type.name(), type.description(), Optional.empty()));
      }
    }
    entries.add(new Entry(Scheme.COPY.name(), Scheme.COPY.description(), Optional.empty()));
    for (Path file : files()) {
      entries.add(new Entry(nameOf(file), describe(file), Optional.of(file)));
    }
    return entries;
  }

  /**
   * The scheme that a user means.
   *
   * @param nameOrFile a name, case ignored; one of llama-quantize's numbers or short forms; or the
   *     path of a scheme file, which has a slash or ends in {@code .yaml} or {@code .yml}
   * @throws PolicyException if there is none or it is wrong
   */
  public Scheme resolve(String nameOrFile) {
    Optional<Path> definition = file(nameOrFile);
    if (definition.isPresent()) {
      return SchemeParser.read(definition.get());
    }
    if (nameOrFile.equalsIgnoreCase(Scheme.COPY.name())) {
      return Scheme.COPY;
    }
    Optional<FileType> fileType = FileType.fromName(nameOrFile);
    if (fileType.isPresent()) {
      return Scheme.of(fileType.get());
    }
    List<String> names = list().stream().map(Entry::name).toList();
    throw new PolicyException(
        "There is no scheme '"
            + nameOrFile
            + "'"
            + NearestNames.hint(nameOrFile, names)
            + "; the schemes are "
            + String.join(", ", names));
  }

  /**
   * The file that defines a scheme, named as above; nothing if llama.cpp defines it or there is no
   * such scheme.
   */
  public Optional<Path> file(String nameOrFile) {
    if (isPath(nameOrFile)) {
      return Optional.of(Path.of(nameOrFile));
    }
    if (nameOrFile.equalsIgnoreCase(Scheme.COPY.name())
        || FileType.fromName(nameOrFile).isPresent()) {
      return Optional.empty();
    }
    return files().stream().filter(file -> nameOf(file).equalsIgnoreCase(nameOrFile)).findFirst();
  }

  /** The names of llama-quantize's types that can be written. */
  static List<String> standardNames() {
    return Arrays.stream(FileType.values())
        .filter(FileType::isSupported)
        .map(FileType::name)
        .toList();
  }

  private static boolean isPath(String text) {
    return text.contains("/")
        || text.contains("\\")
        || text.endsWith(SUFFIX)
        || text.endsWith(".yml");
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      stream.forEach(files::add);
    } catch (IOException e) {
      throw new PolicyException("Cannot list the schemes in " + directory + ": no such directory");
    }
    files.sort(null);
    return files;
  }

  private static String describe(Path file) {
    try {
      return SchemeParser.read(file).description();
    } catch (PolicyException e) {
      return e.getMessage();
    }
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
