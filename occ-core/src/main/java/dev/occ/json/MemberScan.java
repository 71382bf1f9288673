package dev.occ.json;

import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of an object's own members, read from a document's bytes before it is parsed: a reader
 * that serves strangers refuses what it does not know without building a tree of it.
 *
 * <p>One pass over the bytes, which keeps the names and their values' first bytes in place and
 * nothing of what is nested. Names are compared as they stand: one with an escape sequence is
 * unknown, because no member of a protocol needs one. The document need not be well-formed; what
 * such a scan lets through is the parser's to refuse. Immutable.
 */
@CheckReturnValue
public final class MemberScan {
  /** More than any request has; the next one is unknown, or there twice. */
  private static final int MAX_MEMBERS = 64;

  private static final int MAX_QUOTED = 64;

  private final List<Member> members = new ArrayList<>();

  /**
   * A member.
   *
   * @param text its value as it stands, if that is a string
   * @param isNull whether its value is {@code null}
   */
  private record Member(String name, String text, boolean isNull) {}

  private MemberScan(byte[] utf8) {
    int i = skipSpace(utf8, 0);
    if (i < utf8.length && utf8[i] == '{') {
      scan(utf8, i);
    }
  }

  /**
   * Scans a document.
   *
   * @param utf8 the whole document, or what may be one
   * @return its names; none if it is not an object
   */
  public static MemberScan of(byte[] utf8) {
    return new MemberScan(utf8);
  }

  private void scan(byte[] utf8, int brace) {
    int depth = 0;
    boolean nameIsNext = false;
    for (int i = brace; i < utf8.length && members.size() <= MAX_MEMBERS; i++) {
      switch (utf8[i]) {
        case '{', '[' -> {
          depth++;
          nameIsNext = depth == 1;
        }
        case '}', ']' -> depth--;
        case ',' -> nameIsNext = depth == 1;
        case '"' -> {
          int end = endOfString(utf8, i + 1);
          if (nameIsNext) {
            members.add(member(utf8, i + 1, end));
            nameIsNext = false;
          }
          i = end;
        }
        default -> {
          // White space, colons, and numbers and words, which are no names.
        }
      }
      if (depth == 0) {
        return;
      }
    }
  }

  /** The index of the closing quote, or the end of what is there. */
  private static int endOfString(byte[] utf8, int from) {
    int i = from;
    while (i < utf8.length && utf8[i] != '"') {
      i += utf8[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, utf8.length);
  }

  /** Bytes as Latin-1, which no known name differs from; bounded, one longer than what may be. */
  private static String text(byte[] utf8, int from, int to) {
    int length = Math.min(Math.max(0, to - from), MAX_QUOTED + 1);
    return new String(utf8, Math.min(from, utf8.length), length, StandardCharsets.ISO_8859_1);
  }

  private static Member member(byte[] utf8, int nameFrom, int nameTo) {
    String name = text(utf8, nameFrom, nameTo);
    int colon = skipSpace(utf8, nameTo + 1);
    int value = skipSpace(utf8, colon + 1);
    if (colon >= utf8.length || utf8[colon] != ':' || value >= utf8.length) {
      return new Member(name, "", false);
    }
    String text = utf8[value] == '"' ? text(utf8, value + 1, endOfString(utf8, value + 1)) : "";
    return new Member(name, text, utf8[value] == 'n'); // what else begins so is malformed
  }

  private static int skipSpace(byte[] utf8, int from) {
    int i = from;
    while (i < utf8.length && (utf8[i] == ' ' || (utf8[i] >= '\t' && utf8[i] <= '\r'))) {
      i++;
    }
    return i;
  }

  /**
   * The text of a member.
   *
   * @param name the member's name
   * @return the text as it stands, up to 65 characters of it; empty if there is no such member with
   *     a string that is not empty
   */
  public Optional<String> text(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .map(Member::text)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /**
   * Refuses members that are not known.
   *
   * @param known the names that there may be
   * @throws JsonException with {@link JsonException.Reason#UNKNOWN_MEMBER} for the first other one
   */
  public void requireOnly(Set<String> known) throws JsonException {
    requireOnly(known, false);
  }

  /**
   * Refuses members that are not known, unless they say {@code null}.
   *
   * @param known the names that there may be
   * @throws JsonException with {@link JsonException.Reason#UNKNOWN_MEMBER} for the first other one
   */
  public void requireOnlyOrNull(Set<String> known) throws JsonException {
    requireOnly(known, true);
  }

  private void requireOnly(Set<String> known, boolean nullPasses) throws JsonException {
    for (Member member : members) {
      if (!known.contains(member.name()) && !(nullPasses && member.isNull())) {
        throw new JsonException(
            JsonException.Reason.UNKNOWN_MEMBER, pointer(member.name()), "is not known here");
      }
    }
    if (members.size() > MAX_MEMBERS) {
      throw new JsonException(
          JsonException.Reason.UNKNOWN_MEMBER, "", "has more than " + MAX_MEMBERS + " members");
    }
  }

  /** RFC 6901; not more of a name than fits a message. */
  private static String pointer(String name) {
    String shown = name.length() <= MAX_QUOTED ? name : name.substring(0, MAX_QUOTED) + "\u2026";
    return "/" + shown.replace("~", "~0").replace("/", "~1");
  }
}
