package dev.occ.programs.demo;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream with one bit of its first byte flipped; an empty stream gets a byte. So a forged copy of
 * a file of any size can be hashed without making one.
 */
final class ChangedByteInputStream extends FilterInputStream {
  private boolean changed;

  ChangedByteInputStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (changed) {
      return value;
    }
    changed = true;
    return value < 0 ? 0 : value ^ 1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (changed || length == 0) {
      return super.read(buffer, offset, length);
    }
    buffer[offset] = (byte) read();
    return 1;
  }

  @Override
  public long skip(long count) throws IOException {
    return count <= 0 || read() < 0 ? 0 : 1;
  }

  /** The changed byte cannot be read twice. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
