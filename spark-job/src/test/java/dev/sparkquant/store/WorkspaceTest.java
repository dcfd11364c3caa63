package dev.sparkquant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("out.gguf");
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void publishesUnderTheOutputsNameAndLeavesNothingElse() throws IOException {
    try (Workspace workspace = Workspace.claim(output, false)) {
      workspace.create(output, 5);
      assertThat(output).doesNotExist();
      workspace.publish(List.of(output), false);
    }
    assertThat(output).hasBinaryContent(new byte[5]);
    assertThat(names(folder)).containsExactly("out.gguf");
  }

  @Test
  void leavesNothingWhenNothingWasPublished() throws IOException {
    try (Workspace workspace = Workspace.claim(output, false)) {
      workspace.create(output, 5);
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void keepsTheOldOutputUntilTheNewOneReplacesIt() throws IOException {
    Files.writeString(output, "old");
    try (Workspace workspace = Workspace.claim(output, false)) {
      workspace.create(output, 1);
      assertThat(output).hasContent("old");
      workspace.publish(List.of(output), true);
    }
    assertThat(output).hasBinaryContent(new byte[1]);
  }

  @Test
  void doesNotReplaceAnOutputThatAppearedDuringTheRun() throws IOException {
    try (Workspace workspace = Workspace.claim(output, false)) {
      workspace.create(output, 1);
      Files.writeString(output, "somebody else's");
      assertThatThrownBy(() -> workspace.publish(List.of(output), false))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("appeared during the run");
    }
    assertThat(output).hasContent("somebody else's");
    assertThat(names(folder)).containsExactly("out.gguf");
  }

  @Test
  void admitsOneRunAtATime() throws IOException {
    try (Workspace first = Workspace.claim(output, false)) {
      first.create(output, 1);
      assertThatThrownBy(() -> Workspace.claim(output, false))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another run is writing it");
      first.publish(List.of(output), false);
    }
    assertThat(output).exists();
  }

  @Test
  void clearsWhatAKilledRunLeft() throws IOException {
    Path left = folder.resolve("out.gguf.unfinished");
    Files.createDirectories(left);
    Files.createFile(left.resolve("lock"));
    Files.writeString(left.resolve("out.gguf"), "half a model");

    try (Workspace workspace = Workspace.claim(output, false)) {
      workspace.create(output, 2);
      assertThat(workspace.unpublished(output)).hasBinaryContent(new byte[2]);
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void reportsAFullDiskBeforeAnythingIsWritten() throws IOException {
    try (Workspace workspace = Workspace.claim(output, false)) {
      assertThatThrownBy(() -> workspace.requireSpace(Long.MAX_VALUE))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("bytes are free");
    }
  }

  @Test
  void saysWhyItCannotWriteThere() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Workspace.claim(file.resolve("out.gguf"), false))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("choose another folder");
  }
}
