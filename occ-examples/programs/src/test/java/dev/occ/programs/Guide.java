package dev.occ.programs;

import java.util.ArrayList;
import java.util.List;

/**
 * The shell blocks of a guide. Before each stands how it is run: {@code <!-- guide: runs -->},
 * {@code runs with up}, {@code runs with up and client}, {@code starts up}, or {@code elsewhere
 * (WHERE)}.
 *
 * @param how that note
 * @param line where the block begins in the page, from 1
 * @param text its commands
 */
record Guide(String how, int line, String text) {
  private static final String NOTE = "<!-- guide: ";
  private static final String FENCE = "```";

  static List<Guide> in(List<String> page) {
    List<Guide> blocks = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      if (page.get(i).equals(FENCE + "sh")) {
        String note = page.get(i - 1);
        if (!note.startsWith(NOTE) || !note.endsWith(" -->")) {
          throw new AssertionError("line " + (i + 1) + ": a shell block without a guide note");
        }
        int end = i + page.subList(i, page.size()).indexOf(FENCE);
        if (end < i) {
          throw new AssertionError("line " + (i + 1) + ": a shell block without an end");
        }
        String how = note.substring(NOTE.length(), note.length() - " -->".length());
        blocks.add(new Guide(how, i + 1, String.join("\n", page.subList(i + 1, end)) + "\n"));
      }
    }
    return blocks;
  }

  @Override
  public String toString() {
    return "line " + line + " (" + how + ")";
  }
}
