package dev.occ.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Tells which of the process's file descriptors are terminals. Linux says so of each. Elsewhere, as
 * on macOS and Windows, the JDK knows about standard input and output together, and that answer
 * counts for standard error too: a standard error that alone goes to a file gets the progress bar.
 */
final class Descriptors {
  private static final Path LINUX = Path.of("/proc/self/fd");

  private final Path folder;
  private final BooleanSupplier console;

  Descriptors(Path folder, BooleanSupplier console) {
    this.folder = folder;
    this.console = console;
  }

  static Descriptors ofProcess() {
    return new Descriptors(LINUX, Descriptors::consoleIsTerminal);
  }

  boolean isTerminal(int descriptor) {
    if (!Files.isDirectory(folder)) {
      return console.getAsBoolean();
    }
    try {
      String target = Files.readSymbolicLink(folder.resolve(String.valueOf(descriptor))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a closed descriptor
    }
  }

  /** Since JDK 22 there may be a console without a terminal, which then says so itself. */
  @SuppressWarnings("SystemConsoleNull") // null is one of the two answers that are told apart
  private static boolean consoleIsTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true; // JDK 17 to 21: the console is there only if both are terminals
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
