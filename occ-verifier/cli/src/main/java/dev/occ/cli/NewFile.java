package dev.occ.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Writes a file so that it is there in full or not at all. */
public final class NewFile {
  /** As every new file; without it a temporary file is for its owner alone. */
  private static final FileAttribute<Set<PosixFilePermission>> USUAL_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

  private NewFile() {}

  /**
   * Says what would keep a file from being written, as far as it can be seen beforehand.
   *
   * @param replace whether a regular file that exists is replaced; otherwise it is refused. A link,
   *     a device or a pipe is refused in any case: a new file in its place would cut off whoever
   *     uses it by that name
   */
  public static void check(Path file, boolean replace) throws UnusableInputException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnusableInputException(
            Printable.text(file.toString()) + " is not a regular file and cannot be replaced");
      }
      if (!replace) {
        throw new UnusableInputException(
            Printable.text(file.toString()) + " already exists; --force replaces it");
      }
    }
    if (!Files.isDirectory(folder(file))) {
      throw new UnusableInputException(
          "cannot write " + Printable.text(file.toString()) + ": no such folder");
    }
  }

  /**
   * Writes a file beside its place and moves it there.
   *
   * @param replace as for {@link #check}
   */
  public static void write(Path file, byte[] content, boolean replace)
      throws UnusableInputException {
    check(file, replace);
    try {
      Path temporary = createTemporary(folder(file));
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

  private static Path folder(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
  }

  /** A new file of a name that nobody guesses, which the process's umask lets others read. */
  private static Path createTemporary(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? Files.createTempFile(folder, ".occ-", ".tmp", USUAL_MODE)
        : Files.createTempFile(folder, ".occ-", ".tmp");
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
