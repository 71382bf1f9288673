package dev.occ.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The streams of a command, and what their other ends are. Output is UTF-8 whatever the locale
 * says, because JSON has to be. For use by one thread.
 */
public final class Terminal {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean colours;
  private final boolean progress;

  public Terminal(
      InputStream in, PrintStream out, PrintStream err, boolean colours, boolean progress) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.colours = colours;
    this.progress = progress;
  }

  /**
   * The process's own streams. Colours are used if standard output is a terminal, unless {@code
   * NO_COLOR} is set (no-color.org) or {@code TERM} is {@code dumb}.
   *
   * @return a terminal over the process's file descriptors
   */
  public static Terminal system() {
    String noColor = System.getenv("NO_COLOR");
    boolean plain = (noColor != null && !noColor.isEmpty()) || "dumb".equals(System.getenv("TERM"));
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Descriptors.ofProcess().isTerminal(1) && !plain,
        Descriptors.ofProcess().isTerminal(2) && !"dumb".equals(System.getenv("TERM")));
  }

  /**
   * Other streams, none of them a terminal.
   *
   * @param in what is read for {@code -}
   * @param out what results are written to
   * @param err what problems are written to
   * @return a terminal without colours and progress bars
   */
  public static Terminal plain(InputStream in, OutputStream out, OutputStream err) {
    return new Terminal(
        in,
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        false,
        false);
  }

  public InputStream in() {
    return in;
  }

  public PrintStream out() {
    return out;
  }

  /**
   * Where problems and the progress bar go.
   *
   * @return the stream, buffered
   */
  public PrintStream err() {
    return err;
  }

  public boolean colours() {
    return colours;
  }

  /**
   * Whether a progress bar can be drawn.
   *
   * @return true if standard error is a terminal
   */
  public boolean progress() {
    return progress;
  }

  /** Prints a problem, after what was printed before it. */
  public void problem(String text) {
    out.flush();
    err.println("error: " + text);
    err.flush();
  }

  /** Prints what is worth knowing but no result. */
  public void note(String text) {
    out.flush();
    err.println("note: " + text);
    err.flush();
  }

  /**
   * Sends out what was printed.
   *
   * @throws UnusableInputException if that is impossible: results that nobody can read must not
   *     look like success
   */
  public void flush() throws UnusableInputException {
    err.flush();
    if (out.checkError()) {
      throw new UnusableInputException("cannot write to standard output");
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }
}
