package dev.occ.verifier.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Writes a file so that it is there in full or not at all. */
final class NewFile {
  private NewFile() {}

  /**
   * Writes a file beside its place and moves it there.
   *
   * @param replace whether a file that exists is replaced; otherwise it is refused
   */
  static void write(Path file, byte[] content, boolean replace) throws UnusableInputException {
    if (!replace && Files.exists(file)) {
      throw new UnusableInputException(
          Printable.text(file.toString()) + " exists already; --force replaces it");
    }
    Path name = Objects.requireNonNullElse(file.getFileName(), file);
    Path temporary = file.resolveSibling("." + name + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.createFile(temporary); // fails if it is there: somebody else's is not touched
      try {
        fill(temporary, content);
        move(temporary, file, replace);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UnusableInputException(
          "cannot write " + Printable.text(file.toString()) + ": " + InputFiles.why(e), e);
    }
  }

  private static void fill(Path temporary, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Without the option to replace, the JDK looks once more before it renames. */
  private static void move(Path temporary, Path file, boolean replace) throws IOException {
    if (replace) {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.move(temporary, file);
    }
  }
}
