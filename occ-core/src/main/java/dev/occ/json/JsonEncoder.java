package dev.occ.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Writes values as UTF-8 in one pass; one encoder writes one document. */
final class JsonEncoder {
  /** What the document is for. */
  enum Style {
    /** Members in their order, numbers as written, no white space. */
    COMPACT,
    /** As {@link #COMPACT}, with line breaks and indentation. */
    PRETTY,
    /** Spec 2: members in {@link MemberOrder}, numbers as ECMAScript writes them. */
    CANONICAL
  }

  private static final int INITIAL_SIZE = 1024;

  /** The largest array that every JVM can make. */
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Style style;
  private byte[] out = new byte[INITIAL_SIZE];
  private int size;
  private int depth;

  JsonEncoder(Style style) {
    this.style = style;
  }

  byte[] encode(JsonValue value) {
    write(value);
    if (style == Style.PRETTY) {
      put('\n');
    }
    return Arrays.copyOf(out, size);
  }

  private void write(JsonValue value) {
    if (value instanceof JsonString string) {
      string(string.text());
    } else if (value instanceof JsonObject object) {
      object(object);
    } else if (value instanceof JsonArray array) {
      array(array);
    } else if (value instanceof JsonNumber number) {
      ascii(
          style == Style.CANONICAL
              ? EcmaScriptNumber.toString(number.doubleValue())
              : number.literal());
    } else {
      ascii(value.toString());
    }
  }

  private void object(JsonObject object) {
    Map<String, JsonValue> members = object.members();
    open('{');
    if (style == Style.CANONICAL) {
      String[] names = members.keySet().toArray(String[]::new);
      MemberOrder.sort(names);
      for (int i = 0; i < names.length; i++) {
        member(i == 0, names[i], Objects.requireNonNull(members.get(names[i])));
      }
    } else {
      boolean first = true;
      for (Map.Entry<String, JsonValue> member : members.entrySet()) {
        member(first, member.getKey(), member.getValue());
        first = false;
      }
    }
    close('}', members.isEmpty());
  }

  private void member(boolean first, String name, JsonValue value) {
    separate(first);
    string(name);
    put(':');
    if (style == Style.PRETTY) {
      put(' ');
    }
    write(value);
  }

  private void array(JsonArray array) {
    open('[');
    boolean first = true;
    for (JsonValue value : array.values()) {
      separate(first);
      write(value);
      first = false;
    }
    close(']', array.values().isEmpty());
  }

  private void open(char bracket) {
    if (++depth > CanonicalJson.MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + CanonicalJson.MAX_DEPTH);
    }
    put(bracket);
  }

  private void separate(boolean first) {
    if (!first) {
      put(',');
    }
    newLine();
  }

  private void close(char bracket, boolean empty) {
    depth--;
    if (!empty) {
      newLine();
    }
    put(bracket);
  }

  private void newLine() {
    if (style == Style.PRETTY) {
      put('\n');
      for (int i = 0; i < depth; i++) {
        put(' ');
        put(' ');
      }
    }
  }

  private void string(String text) {
    put('"');
    for (int i = plain(text); i < text.length(); i++) {
      char c = text.charAt(i);
      if (standsForItself(c)) {
        put(c);
      } else if (c < 0x80) {
        escaped(c);
      } else if (Character.isHighSurrogate(c)) {
        supplementary(Character.toCodePoint(c, text.charAt(++i))); // pairs only: JsonString checks
      } else {
        basic(c);
      }
    }
    put('"');
  }

  /** Writes the beginning of a text that stands for itself, most often all of it. */
  private int plain(String text) {
    ensure(text.length() + 1);
    byte[] to = out; // local variables: this loop is most of the work
    int at = size;
    int i = 0;
    while (i < text.length() && standsForItself(text.charAt(i))) {
      to[at++] = (byte) text.charAt(i++);
    }
    size = at;
    return i;
  }

  private static boolean standsForItself(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  private void escaped(char c) {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        ascii("u00");
        put((char) HEX[c >> 4]);
        put((char) HEX[c & 0xF]);
      }
    }
  }

  /** A code point of two or three bytes (RFC 3629 section 3). */
  private void basic(char c) {
    if (c < 0x800) {
      put((char) (0xC0 | (c >> 6)));
    } else {
      put((char) (0xE0 | (c >> 12)));
      put((char) (0x80 | ((c >> 6) & 0x3F)));
    }
    put((char) (0x80 | (c & 0x3F)));
  }

  /** A code point of four bytes (RFC 3629 section 3). */
  private void supplementary(int c) {
    put((char) (0xF0 | (c >> 18)));
    put((char) (0x80 | ((c >> 12) & 0x3F)));
    put((char) (0x80 | ((c >> 6) & 0x3F)));
    put((char) (0x80 | (c & 0x3F)));
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void put(char oneByte) {
    if (size == out.length) {
      ensure(1);
    }
    out[size++] = (byte) oneByte;
  }

  private void ensure(int more) {
    if (more > MAX_SIZE - size) {
      throw new IllegalArgumentException("longer than an array can be");
    }
    if (size + more > out.length) {
      int doubled = out.length > MAX_SIZE / 2 ? MAX_SIZE : out.length * 2;
      out = Arrays.copyOf(out, Math.max(doubled, size + more));
    }
  }
}
