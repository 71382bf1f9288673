package dev.occ.verifier.cli.chain;

import dev.occ.cli.Html;
import java.util.List;

/**
 * A table whose cells know the names of their columns: a narrow screen shows each row as a list of
 * names and values.
 */
final class HtmlTable {
  private final Html html;
  private final List<String> columns;
  private int column;

  private HtmlTable(Html html, List<String> columns) {
    this.html = html;
    this.columns = List.copyOf(columns);
  }

  /** Begins a table; {@link #end} ends it. */
  static HtmlTable begin(Html html, List<String> columns) {
    html.raw("<div class=\"scroll\"><table><thead><tr>");
    columns.forEach(name -> html.raw("<th scope=\"col\">").text(name).raw("</th>"));
    html.raw("</tr></thead><tbody>\n");
    return new HtmlTable(html, columns);
  }

  /** Begins a row; attributes are markup of the program's own, with a space in front. */
  void row(String attributes) {
    column = 0;
    html.raw("<tr" + attributes + ">");
  }

  /** A cell of text. */
  HtmlTable cell(String className, String text) {
    String classes = className.isEmpty() ? "" : " class=\"" + className + "\"";
    html.raw("<td" + classes + " data-name=\"").text(columns.get(column++)).raw("\">");
    html.text(text).raw("</td>");
    return this;
  }

  /** The cell of the row's only control; it has no name. */
  void control(String markup) {
    column++;
    html.raw("<td>" + markup + "</td>");
  }

  void endRow() {
    html.raw("</tr>\n");
  }

  void end() {
    html.raw("</tbody></table></div>");
  }
}
