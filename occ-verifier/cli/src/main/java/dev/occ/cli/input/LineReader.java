package dev.occ.cli.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits a stream into lines without ever holding more than one, and of an endless one no more than
 * the limit. Blank lines are passed over.
 */
public final class LineReader {
  private static final int BUFFER_SIZE = 64 * 1024;

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int position;
  private int limit;
  private long number;
  private byte[] line = new byte[0];

  /**
   * Reads lines.
   *
   * @param in the stream, closed by the caller
   * @param maxBytes the longest line; of a longer one, this many bytes and one more are kept
   */
  public LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** Goes to the next line that is not blank; false at the end. */
  public boolean advance() throws IOException {
    while (fill()) {
      number++;
      line = readLine();
      if (!isBlank(line)) {
        return true;
      }
    }
    return false;
  }

  /** The line's number, from 1. */
  public long number() {
    return number;
  }

  /** The line without its end. */
  public byte[] line() {
    return line;
  }

  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    position = 0;
    limit = in.read(buffer, 0, buffer.length);
    return limit > 0;
  }

  private byte[] readLine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean ended = false;
    while (!ended && fill()) {
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      int room = maxBytes + 1 - bytes.size();
      bytes.write(buffer, position, Math.min(room, end - position));
      ended = end < limit;
      position = ended ? end + 1 : end;
    }
    return bytes.toByteArray();
  }

  /** White space as JSON has it; a carriage return before the line's end is some, too. */
  public static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (!isBlank(b)) {
        return false;
      }
    }
    return true;
  }

  public static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
