package dev.occ.programs.kit;

import dev.occ.cli.Printable;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * What a command says to people: lines in colour where picocli finds a terminal and {@code
 * NO_COLOR} is not set, plain text elsewhere. The words carry the meaning, colour only repeats it.
 * Every text is made {@link Printable}.
 */
public final class Screen {
  private static final String INDENT = "   ";
  private static final int LABEL_WIDTH = 10;

  private final PrintWriter out;
  private final boolean coloured;

  public Screen(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.coloured = ansi.enabled();
  }

  /** The screen of a command: its output stream, its colour scheme. */
  public static Screen of(CommandLine command) {
    return new Screen(command.getOut(), command.getColorScheme().ansi());
  }

  public void title(String text) {
    line(styled(text, Style.bold));
  }

  /** Starts a part, after an empty line. */
  public void heading(String text) {
    line("");
    line(styled(text, Style.bold, Style.fg_cyan));
  }

  public void field(String label, String value) {
    line(INDENT + padded(label, LABEL_WIDTH) + Printable.of(value));
  }

  public void text(String text) {
    line(INDENT + Printable.of(text));
  }

  /** Something that holds. */
  public void ok(String text) {
    marked("ok", text, Style.fg_green);
  }

  /** Something that was refused, as it should be. */
  public void refused(String text) {
    marked("refused", text, Style.fg_red);
  }

  /** Something that was not shown, or that the reader must know. */
  public void caution(String text) {
    marked("note", text, Style.fg_yellow);
  }

  private void marked(String mark, String text, Style colour) {
    line(INDENT + styled(padded(mark, LABEL_WIDTH), Style.bold, colour) + Printable.of(text));
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private String styled(String text, Style... styles) {
    String printable = Printable.of(text);
    // Not Style.off: what it writes to end bold starts a double underline on many terminals.
    return coloured ? Style.on(styles) + printable + Style.reset.on() : printable;
  }
}
