package dev.occ.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Files that a command was given, read with a bound. */
public final class InputFiles {
  /** How standard input is written on the command line. */
  public static final String STANDARD_INPUT = "-";

  /** What is wrong with a file's name of no characters. */
  public static final String EMPTY = "the file name is empty";

  private static final int BUFFER_SIZE = 16 * 1024;

  private InputFiles() {}

  /**
   * The path that an argument names. An empty one names nothing, while the JDK would take it for
   * the current folder: a variable that is not set must not have other files judged.
   */
  public static Path path(String argument) throws UnusableInputException {
    if (argument.isEmpty()) {
      throw new UnusableInputException(EMPTY);
    }
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw new UnusableInputException("not a path: " + Printable.text(argument), e);
    }
  }

  /** That each argument names something, standard input once at most; before any is read. */
  public static void requireNames(List<String> arguments) throws UnusableInputException {
    for (String argument : arguments) {
      Objects.requireNonNull(path(argument), "a path");
    }
    if (arguments.indexOf(STANDARD_INPUT) != arguments.lastIndexOf(STANDARD_INPUT)) {
      throw new UnusableInputException("standard input can be read only once");
    }
  }

  /** All of a small file. */
  public static byte[] read(Path path, int maxBytes) throws UnusableInputException {
    byte[] content;
    try (InputStream in = Files.newInputStream(path)) {
      content = head(in, maxBytes + 1);
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
    if (content.length > maxBytes) {
      throw new UnusableInputException(
          Printable.text(path.toString()) + " is longer than " + maxBytes + " bytes");
    }
    return content;
  }

  /** The beginning of a file, or of standard input. */
  public static byte[] readUpTo(String argument, Terminal terminal, int maxBytes)
      throws UnusableInputException {
    if (STANDARD_INPUT.equals(argument)) {
      try {
        return head(terminal.in(), maxBytes);
      } catch (IOException e) {
        throw unreadable("standard input", e);
      }
    }
    try (InputStream in = Files.newInputStream(path(argument))) {
      return head(in, maxBytes);
    } catch (IOException e) {
      throw unreadable(argument, e);
    }
  }

  /**
   * The beginning of a stream. Not {@code readNBytes}: for files the JDK 17 asks for their length,
   * which fails for pipes.
   */
  public static byte[] head(InputStream in, int maxBytes) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_SIZE];
    while (head.size() < maxBytes) {
      int read = in.read(buffer, 0, Math.min(buffer.length, maxBytes - head.size()));
      if (read < 0) {
        break;
      }
      head.write(buffer, 0, read);
    }
    return head.toByteArray();
  }

  public static UnusableInputException unreadable(String name, IOException e) {
    return new UnusableInputException("cannot read " + Printable.text(name) + ": " + why(e), e);
  }

  /** The JDK's messages for the usual cases are bare file names. */
  public static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it already exists";
    }
    return Printable.text(Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
  }
}
