package dev.occ.verifier.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file that reads and writes a few bytes at a time, as a channel may, and fails if told to. */
final class PoorFile extends FileChannel {
  private final FileChannel file;
  private final int atOnce;
  private long written;
  private boolean failsToClose;

  private PoorFile(Path path, int atOnce) throws IOException {
    this.atOnce = atOnce;
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Files that move so many bytes at once; each one is noted when it is opened. */
  static SpillFiles in(Path folder, int atOnce, List<PoorFile> opened) {
    return new SpillFiles(
        folder,
        path -> {
          PoorFile file = new PoorFile(path, atOnce);
          opened.add(file);
          return file;
        });
  }

  long written() {
    return written;
  }

  void nowFailsToClose() {
    failsToClose = true;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    ByteBuffer few = target.slice(target.position(), Math.min(atOnce, target.remaining()));
    int read = file.read(few, position);
    target.position(target.position() + Math.max(0, read));
    return read;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    ByteBuffer few = source.slice(source.position(), Math.min(atOnce, source.remaining()));
    int now = file.write(few, position);
    source.position(source.position() + now);
    written += now;
    return now;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    return file.truncate(size);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
    if (failsToClose) {
      throw new IOException("told to fail");
    }
  }

  @Override
  public void force(boolean metaData) {
    throw unused();
  }

  @Override
  public int read(ByteBuffer target) {
    throw unused();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw unused();
  }

  @Override
  public int write(ByteBuffer source) {
    throw unused();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw unused();
  }

  @Override
  public long position() {
    throw unused();
  }

  @Override
  public FileChannel position(long newPosition) {
    throw unused();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw unused();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw unused();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw unused();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw unused();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("a spill file is read and written at positions");
  }
}
