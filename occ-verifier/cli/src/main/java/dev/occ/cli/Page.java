package dev.occ.cli;

/** Lays out text for people. Everything that it is given is made harmless before it is shown. */
public final class Page {
  private static final int NAME_WIDTH = 14;
  private static final int OUTCOME_WIDTH = 12;

  private final StringBuilder text = new StringBuilder();
  private final boolean colours;

  public Page(boolean colours) {
    this.colours = colours;
  }

  public void headline(Paint paint, String verdict, String name) {
    newLine();
    text.append(paint.on(colours, verdict)).append("  ").append(Printable.text(name));
  }

  public void section(String title) {
    newLine();
    newLine();
    text.append(Paint.BOLD.on(colours, Printable.text(title)));
  }

  public void field(String name, String value) {
    newLine();
    text.append("  ");
    padded(name, NAME_WIDTH);
    text.append(Printable.text(value));
  }

  public void item(Paint paint, String mark, String name, String outcome, String what) {
    newLine();
    text.append("  ").append(paint.on(colours, mark)).append(' ');
    padded(name, NAME_WIDTH);
    text.append(paint.on(colours, outcome));
    text.append(" ".repeat(Math.max(1, OUTCOME_WIDTH - outcome.length())));
    text.append(Printable.text(what));
  }

  public void line(String content) {
    newLine();
    text.append("  ").append(Printable.text(content));
  }

  private void padded(String name, int width) {
    String shown = Printable.text(name);
    text.append(shown).append(" ".repeat(Math.max(1, width - shown.length())));
  }

  private void newLine() {
    if (text.length() > 0) {
      text.append('\n');
    }
  }

  /** The lines so far, without the last one's end. */
  @Override
  public String toString() {
    return text.toString();
  }
}
