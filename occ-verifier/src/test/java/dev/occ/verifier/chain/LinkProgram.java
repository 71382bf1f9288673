package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets the part behind the verification of proofs work on made-up records in a scattered order, to
 * show what it takes; not a test. {@code docs/chains.md} has the command.
 */
final class LinkProgram {
  private static final int LANES = 12;
  private static final long STRIDE = 1_000_003;
  private static final int EVERY = 1_000_000;

  private LinkProgram() {}

  /** Arguments: folder for temporary files, number of records. */
  public static void main(String[] arguments) throws ChainException {
    SpillFiles files = new SpillFiles(Path.of(arguments[0]));
    long records = Long.parseLong(arguments[1]);
    Lanes lanes = new Lanes(LANES);
    for (int i = 0; i < LANES; i++) {
      Bytes key = hash(i, -1);
      ChainId id = new ChainId(Optional.of("epoch " + i), key, "chain");
      if (lanes.lane(new LaneKey(key, key, key, id)).number() != i) {
        throw new IllegalStateException("lanes are numbered as they come");
      }
    }
    Findings findings = new Findings(10);
    long removed = 0;
    try (SpillLog log = new SpillLog(files, 4 << 20);
        LinkJoin join = new LinkJoin(files)) {
      for (long i = 0; i < records; i++) {
        long index = i * STRIDE % records;
        if (index % EVERY == EVERY / 2) {
          removed++; // each leaves a gap
        } else {
          byte[] record = record((int) (index % LANES), index / LANES).encode();
          log.append(record, 0, record.length);
        }
      }
      ReportLimits limits = new ReportLimits(100, 1000, 1 << 14);
      HistoryWalk walk = new HistoryWalk(files, lanes, findings, join, limits);
      walk.sorted(cursor(log), findings);
      RecordCursor all = cursor(log);
      while (all.advance()) {
        join.offer(LinkRecord.decode(all.record()));
      }
      join.resolve(lanes, findings, (lane, from) -> walk.of(lane).forked(from));
    }
    System.out.println("removed " + removed + ", gaps " + findings.total(FaultReason.GAP));
  }

  private static RecordCursor cursor(SpillLog log) {
    return new LogCursor(log, LinkRecord.SIZE, 1 << 20);
  }

  private static LinkRecord record(int lane, long position) {
    Bytes sealed = hash(lane, position);
    return new LinkRecord(
        lane,
        Optional.of(Counter.of(2 * position + 2)),
        sealed,
        sealed,
        new Source(position, position),
        position == 0 ? Optional.empty() : Optional.of(hash(lane, position - 1)),
        Optional.of(Counter.of(2 * position + 1)),
        sealed,
        LinkRecord.NOT_AN_ANCHOR,
        0,
        false,
        Optional.empty());
  }

  private static Bytes hash(int lane, long position) {
    return Bytes.sha256(ByteBuffer.allocate(12).putInt(lane).putLong(position).array());
  }
}
