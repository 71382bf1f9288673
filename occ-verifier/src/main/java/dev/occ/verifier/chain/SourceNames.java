package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The names of all sources, on disk when they are many. For use by one thread. */
final class SourceNames implements AutoCloseable {
  /** Longer names are cut; no file system has longer paths. */
  static final int MAX_LENGTH = 4096;

  private static final int MEMORY = 1 << 20;

  private final SpillLog log;

  SourceNames(SpillFiles files) {
    log = new SpillLog(files, MEMORY);
  }

  Source add(String name) throws ChainException {
    byte[] utf8 = cut(name).getBytes(StandardCharsets.UTF_8);
    long position = log.size();
    log.append(ByteBuffer.allocate(4).putInt(utf8.length).array(), 0, 4);
    log.append(utf8, 0, utf8.length);
    return new Source(ByteBuffer.wrap(Bytes.sha256(utf8).toByteArray()).getLong(), position);
  }

  String name(Source source) throws ChainException {
    byte[] length = new byte[4];
    log.read(source.position(), length, 4);
    byte[] utf8 = new byte[ByteBuffer.wrap(length).getInt()];
    log.read(source.position() + 4, utf8, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  static String cut(String name) {
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH) + "…";
  }

  @Override
  public void close() throws ChainException {
    log.close();
  }
}
