package dev.occ.verifier.chain;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in the order in which they were appended: in memory as long as they are few, in a temporary
 * file from then on. For use by one thread.
 */
final class SpillLog implements AutoCloseable {
  private static final int FIRST_SIZE = 8 * 1024;

  private final SpillFiles files;
  private final int memory;
  private byte[] buffer;
  private int filled;
  private long flushed;
  private @Nullable FileChannel file;

  /**
   * An empty log.
   *
   * @param files where it goes when it grows
   * @param memory how much of it is held in memory at most
   */
  SpillLog(SpillFiles files, int memory) {
    this.files = files;
    this.memory = memory;
    this.buffer = new byte[Math.min(memory, FIRST_SIZE)];
  }

  long size() {
    return flushed + filled;
  }

  /** Appends bytes, no more than may be held in memory. */
  void append(byte[] bytes, int offset, int length) throws ChainException {
    if (filled + length > memory) {
      flush();
    }
    if (filled + length > buffer.length) {
      int wanted = Math.max(filled + length, 2 * buffer.length);
      buffer = Arrays.copyOf(buffer, Math.min(memory, wanted));
    }
    System.arraycopy(bytes, offset, buffer, filled, length);
    filled += length;
  }

  /** Reads bytes that were appended. */
  void read(long position, byte[] target, int length) throws ChainException {
    int fromFile = (int) Math.max(0, Math.min(length, flushed - position));
    if (fromFile > 0) {
      readFile(position, target, fromFile);
    }
    if (fromFile < length) {
      int start = (int) (position + fromFile - flushed);
      System.arraycopy(buffer, start, target, fromFile, length - fromFile);
    }
  }

  private void readFile(long position, byte[] target, int length) throws ChainException {
    ByteBuffer rest = ByteBuffer.wrap(target, 0, length);
    try {
      while (rest.hasRemaining()) {
        if (channel().read(rest, position + rest.position()) < 0) {
          throw new EOFException("the file is shorter than what was written to it");
        }
      }
    } catch (IOException e) {
      throw files.failed("read", e);
    }
  }

  private void flush() throws ChainException {
    if (file == null) {
      file = files.open();
    }
    ByteBuffer rest = ByteBuffer.wrap(buffer, 0, filled);
    try {
      while (rest.hasRemaining()) {
        channel().write(rest, flushed + rest.position());
      }
    } catch (IOException e) {
      throw files.failed("write", e);
    }
    flushed += filled;
    filled = 0;
  }

  private FileChannel channel() {
    if (file == null) {
      throw new IllegalStateException("nothing was written yet");
    }
    return file;
  }

  @Override
  public void close() throws ChainException {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw files.failed("close", e);
      }
      file = null;
    }
  }
}
