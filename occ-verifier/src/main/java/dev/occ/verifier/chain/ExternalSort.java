package dev.occ.verifier.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts any number of records of one size by their bytes, taken as unsigned. As long as they fit
 * into the memory given they stay there; from then on sorted runs go to temporary files, which are
 * merged, a bounded number at a time. For use by one thread.
 */
final class ExternalSort implements AutoCloseable {
  /** How many runs, so how many files, there may be at once. */
  static final int MAX_RUNS = 32;

  private static final int FIRST_RECORDS = 64;
  private static final int MERGE_BUFFER = 64 * 1024;

  private final SpillFiles files;
  private final int recordSize;
  private final int maxRecords;
  private final Deque<SpillLog> runs = new ArrayDeque<>();
  private byte[] buffer;
  private int count;
  private long size;

  /**
   * An empty sort.
   *
   * @param files where runs go
   * @param recordSize how long each record is
   * @param memory how many bytes of records are held at most
   */
  ExternalSort(SpillFiles files, int recordSize, int memory) {
    this.files = files;
    this.recordSize = recordSize;
    this.maxRecords = Math.max(2, memory / recordSize);
    this.buffer = new byte[Math.min(maxRecords, FIRST_RECORDS) * recordSize];
  }

  long size() {
    return size;
  }

  void add(byte[] record) throws ChainException {
    if (count == maxRecords) {
      spill();
    }
    if ((count + 1) * recordSize > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(maxRecords, 2 * count) * recordSize);
    }
    System.arraycopy(record, 0, buffer, count * recordSize, recordSize);
    count++;
    size++;
  }

  /** All records in order; no more can be added. To be called once. */
  RecordCursor sorted() throws ChainException {
    if (runs.isEmpty()) {
      return new MemoryCursor(order());
    }
    spill();
    buffer = new byte[0];
    return merge(List.copyOf(runs));
  }

  private void spill() throws ChainException {
    if (runs.size() == MAX_RUNS) {
      compact();
    }
    SpillLog run = newRun();
    for (Integer index : order()) {
      run.append(buffer, index * recordSize, recordSize);
    }
    count = 0;
  }

  /** Merges all runs into one; each level of merging has fewer and longer ones. */
  private void compact() throws ChainException {
    List<SpillLog> old = new ArrayList<>();
    while (!runs.isEmpty() && (old.size() < 2 || isNoLonger(runs.peekLast(), old))) {
      old.add(runs.removeLast());
    }
    try {
      SpillLog merged = newRun();
      RecordCursor cursor = merge(old);
      while (cursor.advance()) {
        merged.append(cursor.record(), 0, recordSize);
      }
    } finally {
      closeAll(old);
    }
  }

  /** Takes runs of about the same length, so that a record is not copied again and again. */
  private static boolean isNoLonger(SpillLog next, List<SpillLog> taken) {
    long sum = taken.stream().mapToLong(SpillLog::size).sum();
    return next.size() <= sum;
  }

  private SpillLog newRun() {
    SpillLog run = new SpillLog(files, Math.max(recordSize, MERGE_BUFFER));
    runs.addLast(run);
    return run;
  }

  private RecordCursor merge(List<SpillLog> sources) throws ChainException {
    List<RecordCursor> cursors = new ArrayList<>();
    for (SpillLog run : sources) {
      cursors.add(new LogCursor(run, recordSize, MERGE_BUFFER));
    }
    return new MergeCursor(cursors);
  }

  private Integer[] order() {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    byte[] records = buffer;
    Arrays.sort(
        order,
        (a, b) ->
            Arrays.compareUnsigned(
                records,
                a * recordSize,
                (a + 1) * recordSize,
                records,
                b * recordSize,
                (b + 1) * recordSize));
    return order;
  }

  @Override
  public void close() throws ChainException {
    buffer = new byte[0];
    List<SpillLog> all = List.copyOf(runs);
    runs.clear();
    closeAll(all);
  }

  private static void closeAll(List<SpillLog> logs) throws ChainException {
    ChainException failure = null;
    for (SpillLog log : logs) {
      try {
        log.close();
      } catch (ChainException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private final class MemoryCursor implements RecordCursor {
    private final Integer[] order;
    private final byte[] record = new byte[recordSize];
    private int next;

    MemoryCursor(Integer[] order) {
      this.order = order;
    }

    @Override
    public boolean advance() {
      if (next == order.length) {
        return false;
      }
      System.arraycopy(buffer, order[next] * recordSize, record, 0, recordSize);
      next++;
      return true;
    }

    @Override
    public byte[] record() {
      return record;
    }
  }

  private static final class MergeCursor implements RecordCursor {
    private final PriorityQueue<RecordCursor> heads =
        new PriorityQueue<>(Comparator.comparing(RecordCursor::record, Arrays::compareUnsigned));
    private final List<RecordCursor> starting;
    private byte[] record = new byte[0];

    MergeCursor(List<RecordCursor> cursors) {
      starting = new ArrayList<>(cursors);
    }

    @Override
    public boolean advance() throws ChainException {
      for (RecordCursor cursor : starting) {
        if (cursor.advance()) {
          heads.add(cursor);
        }
      }
      starting.clear();
      RecordCursor first = heads.poll();
      if (first == null) {
        return false;
      }
      record = first.record().clone();
      starting.add(first);
      return true;
    }

    @Override
    public byte[] record() {
      return record;
    }
  }
}
