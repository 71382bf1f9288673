package dev.occ.cli;

/** Writes HTML. All text that it is given is escaped; only tags are written as they are. */
public final class Html {
  private final StringBuilder html = new StringBuilder();

  /** Markup of the program's own. */
  public Html raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Text of anybody's: what could hide or reorder it is shown as an escape. */
  public Html text(String text) {
    String shown = Printable.text(text);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      switch (c) {
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '&' -> html.append("&amp;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return this;
  }

  /** An element without attributes around some text. */
  public Html element(String name, String text) {
    return raw("<" + name + ">").text(text).raw("</" + name + ">");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
