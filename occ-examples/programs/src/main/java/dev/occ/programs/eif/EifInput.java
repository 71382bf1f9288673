package dev.occ.programs.eif;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** An image's bytes from first to last, counted and put into its checksum as they pass. */
final class EifInput {
  private static final int CHUNK = 128 * 1024;

  private final InputStream stream;
  private final byte[] buffer = new byte[CHUNK];
  private final CRC32 crc = new CRC32();
  private long position;

  /** Where a section's bytes go, piece by piece. */
  interface Sink {
    void accept(ByteBuffer chunk);
  }

  EifInput(InputStream stream) {
    this.stream = stream;
  }

  /**
   * The header or, of a shorter file, all; its checksum's own field is not put into the checksum.
   */
  ByteBuffer start() throws IOException {
    byte[] start = stream.readNBytes(EifHeader.LENGTH);
    crc.update(start, 0, Math.min(start.length, EifHeader.LENGTH_BEFORE_CRC));
    position = start.length;
    return ByteBuffer.wrap(start);
  }

  /** Reads a few bytes, all of them or none: the caller bounds how many. */
  byte[] bytes(int length) throws IOException {
    byte[] bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    crc.update(bytes);
    position += length;
    return bytes;
  }

  /** Lets any number of bytes, unsigned, pass into a sink. */
  void pass(long length, Sink sink) throws IOException {
    long left = length;
    while (left != 0) {
      int wanted = Long.compareUnsigned(left, CHUNK) < 0 ? (int) left : CHUNK;
      int read = stream.read(buffer, 0, wanted);
      if (read < 0) {
        throw new EOFException();
      }
      crc.update(buffer, 0, read);
      sink.accept(ByteBuffer.wrap(buffer, 0, read));
      position += read;
      left -= read;
    }
  }

  /** Whether nothing follows; one byte is taken if something does. */
  boolean atEnd() throws IOException {
    return stream.read() < 0;
  }

  long position() {
    return position;
  }

  int crc32() {
    return (int) crc.getValue();
  }
}
