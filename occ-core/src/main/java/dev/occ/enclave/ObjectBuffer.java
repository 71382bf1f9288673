package dev.occ.enclave;

import dev.occ.json.JsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * What has arrived on a connection, cut into JSON objects. White space around them is dropped.
 * Grows with the object, up to the limit, out of a budget that connections share.
 */
final class ObjectBuffer implements AutoCloseable {
  private static final int INITIAL = 8 * 1024;

  private final int maxObject;
  private final MemoryBudget budget;
  private byte[] bytes = new byte[INITIAL];
  private int start;
  private int scanned;
  private int end;
  private boolean newline;
  private ObjectScanner scanner = new ObjectScanner();

  ObjectBuffer(int maxObject, MemoryBudget budget) {
    this.maxObject = maxObject;
    this.budget = budget;
  }

  /** Whether anything but white space is there. */
  boolean hasMore() {
    while (start < end && scanned == start && ObjectScanner.isSpace(bytes[start])) {
      newline |= bytes[start] == '\n';
      start++;
      scanned++;
    }
    return start < end;
  }

  /** Whether a newline was dropped since the last object. */
  boolean sawNewline() {
    return newline;
  }

  /**
   * The next object's bytes, without anything around them.
   *
   * @return empty if more must be read first
   * @throws JsonException if what is there is not the beginning of an object
   * @throws RequestException if the object is too large
   */
  Optional<byte[]> next() throws JsonException, RequestException {
    if (!hasMore()) {
      return Optional.empty();
    }
    int objectEnd = scanner.scan(bytes, scanned, end);
    scanned = objectEnd < 0 ? end : objectEnd;
    if (scanned - start > maxObject) {
      throw new RequestException(
          EnclaveErrorCode.REQUEST_TOO_LARGE, "more than " + maxObject + " bytes");
    }
    if (objectEnd < 0) {
      return Optional.empty();
    }
    byte[] object = Arrays.copyOfRange(bytes, start, objectEnd);
    start = objectEnd;
    scanner = new ObjectScanner();
    newline = false;
    compact();
    return Optional.of(object);
  }

  /**
   * Reads once from a channel that blocks.
   *
   * @return how many bytes, or -1 at the end of the stream
   * @throws RequestException if the shared memory is used up
   */
  int fill(SocketChannel channel) throws IOException, RequestException {
    if (start == end) {
      start = 0;
      scanned = 0;
      end = 0;
    }
    if (end == bytes.length) {
      grow();
    }
    int length = Math.min(bytes.length - end, Channels.CHUNK);
    int read = channel.read(ByteBuffer.wrap(bytes, end, length));
    end += Math.max(read, 0);
    return read;
  }

  private void grow() throws RequestException {
    if (start > 0) {
      compact();
      return;
    }
    int added = bytes.length; // an object over its limit was refused before this can overflow
    if (!budget.take(added)) {
      throw new RequestException(EnclaveErrorCode.BUSY, "too many large requests at once");
    }
    bytes = Arrays.copyOf(bytes, bytes.length + added);
  }

  /** Moves what is left to the front, into a small array if it fits there. */
  private void compact() {
    int rest = end - start;
    byte[] target = rest < INITIAL ? new byte[INITIAL] : bytes;
    if (bytes.length == INITIAL) {
      target = bytes;
    }
    System.arraycopy(bytes, start, target, 0, rest);
    budget.giveBack(bytes.length - target.length);
    bytes = target;
    scanned -= start;
    start = 0;
    end = rest;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    budget.giveBack(bytes.length - INITIAL);
    bytes = new byte[INITIAL];
    start = 0;
    scanned = 0;
    end = 0;
  }
}
