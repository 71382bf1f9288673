package dev.occ.cli.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits a JSON array into its elements without ever holding more than one, and of an endless one
 * no more than the limit. Elements are told apart by brackets, strings and commas; whether each is
 * JSON is for its own reader to say.
 */
public final class ArrayReader {
  private final InputStream in;
  private final int maxBytes;
  private byte[] element = new byte[0];
  private boolean started;
  private boolean ended;
  private boolean complete;

  /**
   * Reads an array.
   *
   * @param in the stream, closed by the caller
   * @param maxBytes the longest element; of a longer one, this many bytes and one more are kept
   */
  public ArrayReader(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.maxBytes = maxBytes;
  }

  /** Whether the first byte that is not white space opens an array. */
  public static boolean isArray(byte[] head) {
    for (byte b : head) {
      if (!LineReader.isBlank(b)) {
        return b == '[';
      }
    }
    return false;
  }

  /** Goes to the next element; false at the end, and where the array breaks off. */
  public boolean advance() throws IOException {
    boolean first = !started;
    if (first) {
      started = true;
      skipTo('[');
    }
    if (ended) {
      return false;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = copyElement(bytes);
    element = bytes.toByteArray();
    ended = end != ',';
    complete = end == ']' && isBlankToEnd();
    boolean empty = first && LineReader.isBlank(element); // after a comma something is missing
    return end == ',' || (end == ']' && !empty);
  }

  /** The bytes of the element, white space around it included. */
  public byte[] element() {
    return element;
  }

  /** Whether the array was closed, and nothing followed. */
  public boolean isComplete() {
    return complete;
  }

  private void skipTo(int wanted) throws IOException {
    int b = in.read();
    while (b >= 0 && b != wanted) {
      b = in.read();
    }
  }

  /** Copies up to the comma or the bracket that ends the element; returns that, or -1. */
  private int copyElement(ByteArrayOutputStream bytes) throws IOException {
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (inString) {
        inString = escaped || b != '"';
        escaped = !escaped && b == '\\';
      } else if (depth == 0 && (b == ',' || b == ']')) {
        return b;
      } else {
        inString = b == '"';
        depth += opening(b);
      }
      if (bytes.size() <= maxBytes) {
        bytes.write(b);
      }
    }
    return -1;
  }

  private static int opening(int b) {
    return switch (b) {
      case '{', '[' -> 1;
      case '}', ']' -> -1;
      default -> 0;
    };
  }

  private boolean isBlankToEnd() throws IOException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (!LineReader.isBlank((byte) b)) {
        return false;
      }
    }
    return true;
  }
}
