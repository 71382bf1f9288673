package dev.occ.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java block of a page that says from which source file it is.
 *
 * @param path the source file, from the project's root
 * @param name the region in it
 * @param lines the block's lines
 */
record Snippet(String path, String name, List<String> lines) {
  private static final Pattern MARKER =
      Pattern.compile("<!-- *snippet: *([^#\\s]+)#([\\w-]+) *-->");

  /** All marked blocks of a page. */
  static List<Snippet> in(List<String> page) {
    List<Snippet> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      Matcher marker = MARKER.matcher(page.get(i).strip());
      if (marker.matches()) {
        found.add(new Snippet(marker.group(1), marker.group(2), block(page, i + 1)));
      }
    }
    return found;
  }

  private static List<String> block(List<String> page, int afterMarker) {
    int fence = afterMarker;
    while (fence < page.size() && page.get(fence).isBlank()) {
      fence++;
    }
    if (fence == page.size() || !page.get(fence).strip().equals("```java")) {
      throw new AssertionError("no Java block follows the marker in line " + afterMarker);
    }
    int end = fence + 1;
    while (end < page.size() && !page.get(end).strip().equals("```")) {
      end++;
    }
    if (end == page.size()) {
      throw new AssertionError("the Java block in line " + (fence + 1) + " has no end");
    }
    return List.copyOf(page.subList(fence + 1, end));
  }

  /** A region of a source file, without the indentation that all of its lines share. */
  static List<String> region(List<String> source, String name) {
    List<String> stripped = source.stream().map(String::strip).toList();
    int start = stripped.indexOf("// snippet:" + name);
    if (start < 0 || start != stripped.lastIndexOf("// snippet:" + name)) {
      throw new AssertionError("there must be one region " + name);
    }
    int length = stripped.subList(start, stripped.size()).indexOf("// end");
    if (length < 0) {
      throw new AssertionError("the region " + name + " has no end");
    }
    int end = start + length;
    while (end > start + 1 && stripped.get(end - 1).isEmpty()) {
      end--; // the formatter puts an empty line before a comment between members
    }
    return withoutIndentation(source.subList(start + 1, end));
  }

  private static List<String> withoutIndentation(List<String> lines) {
    int shared =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream().map(line -> line.isBlank() ? "" : line.substring(shared)).toList();
  }
}
