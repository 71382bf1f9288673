package dev.occ.verifier.chain;

/** Walks over a log in its own order, with a buffer of its own. */
final class LogCursor implements RecordCursor {
  private final SpillLog log;
  private final long end;
  private final byte[] buffer;
  private final byte[] record;
  private long next;
  private int position;
  private int limit;

  /**
   * A cursor before the first record.
   *
   * @param log what holds the records; those that are appended later are not met
   * @param recordSize how long each is
   * @param bufferSize how many bytes are read at once, about
   */
  LogCursor(SpillLog log, int recordSize, int bufferSize) {
    this.log = log;
    this.end = log.size();
    this.record = new byte[recordSize];
    this.buffer = new byte[(int) Math.min(roundUp(bufferSize, recordSize), end)];
  }

  private static int roundUp(int bytes, int recordSize) {
    return Math.max(1, bytes / recordSize) * recordSize;
  }

  @Override
  public boolean advance() throws ChainException {
    if (position == limit) {
      if (next >= end) {
        return false;
      }
      limit = (int) Math.min(buffer.length, end - next);
      log.read(next, buffer, limit);
      next += limit;
      position = 0;
    }
    System.arraycopy(buffer, position, record, 0, record.length);
    position += record.length;
    return true;
  }

  @Override
  public byte[] record() {
    return record;
  }
}
