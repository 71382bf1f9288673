package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds out where those links lead that {@link LaneWalk} could not follow: a join, on disk, of the
 * proofs that name a hash with the proof that has it. For use by one thread.
 *
 * <p>It works in three steps. While chains are walked, each link that leads to no open end is put
 * in as a row of kind {@code NAMING} ({@link #ask}), with what the walk knew: the counter before it
 * and the room in between. A proof that goes past a run of others puts in a row of kind {@code
 * PASSING} for what that run's first proof names ({@link #askPast}). Both note the hash as wanted.
 *
 * <p>Then every record of the history is offered once ({@link #offer}). One whose sealed hash is
 * wanted goes in as {@code NAMED}; one that names a wanted hash goes in as {@code NAMING} without
 * context, because two proofs that name one predecessor are a fork even if the walk could follow
 * one of them. As long as few hashes are wanted, which is usual, a set of them keeps the rest of
 * the history out. Beyond {@link #MAX_FILTER} the set is dropped and everything goes in: slower,
 * and still in bounded memory.
 *
 * <p>Last, the rows are sorted by hash, kind, chain and place, and {@link LinkVerdicts} judges them
 * in one pass ({@link #resolve}). Rows have a fixed size and sort by their encoded bytes, so the
 * order of the fields in {@link Row#encode} is the order of the sort.
 */
final class LinkJoin implements AutoCloseable {
  /** Up to this many hashes are looked for by name; beyond, everything is sorted. */
  static final int MAX_FILTER = 100_000;

  private static final int MEMORY = 16 << 20;
  private static final int SIZE =
      32 + 1 + 4 + 9 + 32 + 1 + Source.SIZE + 9 + 8 + 1 + 1 + Source.SIZE;

  /** What a row is for; rows of one hash come in this order. */
  enum Kind {
    /** The named proof. */
    NAMED(0),
    /** A proof that names it. */
    NAMING(1),
    /** A proof that goes past a run of proofs, the first of which names it. */
    PASSING(2);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    static Kind of(byte code) {
      if (code == NAMED.code) {
        return NAMED;
      }
      return code == NAMING.code ? NAMING : PASSING;
    }
  }

  private final ExternalSort sort;
  private final Set<Bytes> filter = new HashSet<>();
  private boolean filtering = true;

  /**
   * A link that could not be followed.
   *
   * @param after the counter before it on its chain
   * @param room how many proofs can stand between
   * @param first whether it is the first one on its chain
   */
  record Context(Optional<Counter> after, long room, boolean first) {}

  /**
   * One proof that names another, is named, or goes past one that names it.
   *
   * @param hash the named proof
   * @param kind which of these
   * @param lane its chain
   * @param counter its counter
   * @param signed its signed body
   * @param source where it came from
   * @param context what is known about its link, if that could not be followed; if it goes past
   *     others, the counter of the last one of them
   * @param variant by which form of the proof it is named
   */
  record Row(
      Bytes hash,
      Kind kind,
      int lane,
      Optional<Counter> counter,
      Bytes signed,
      Source source,
      Optional<Context> context,
      Variant variant) {

    byte[] encode() {
      ByteBuffer bytes = ByteBuffer.allocate(SIZE).put(hash.toByteArray());
      bytes.put(kind.code).putInt(lane);
      LinkRecord.putCounter(bytes, counter);
      bytes.put(signed.toByteArray());
      bytes.put(
          (byte) (context.isPresent() ? 0 : 1)); // of two rows of one proof, the one that knows
      source.put(bytes);
      LinkRecord.putCounter(bytes, context.flatMap(Context::after));
      bytes.putLong(context.map(Context::room).orElse(0L));
      bytes.put((byte) (context.isPresent() && context.get().first() ? 1 : 0));
      bytes.put((byte) (variant.alternate() ? 1 : 0));
      Source.putOptional(bytes, variant.members());
      return bytes.array();
    }

    static Row decode(byte[] record) {
      ByteBuffer bytes = ByteBuffer.wrap(record);
      Bytes hash = LinkRecord.hash(bytes);
      Kind kind = Kind.of(bytes.get());
      int lane = bytes.getInt();
      Optional<Counter> counter = LinkRecord.counter(bytes);
      Bytes signed = LinkRecord.hash(bytes);
      boolean known = bytes.get() == 0;
      Source source = Source.get(bytes);
      Context context = new Context(LinkRecord.counter(bytes), bytes.getLong(), bytes.get() != 0);
      return new Row(
          hash,
          kind,
          lane,
          counter,
          signed,
          source,
          known ? Optional.of(context) : Optional.empty(),
          new Variant(hash, bytes.get() != 0, Source.getOptional(bytes)));
    }
  }

  LinkJoin(SpillFiles files) {
    sort = new ExternalSort(files, SIZE, MEMORY);
  }

  /** Asks where a link leads. */
  void ask(LinkRecord record, Context context) throws ChainException {
    Bytes prev = record.prev().orElseThrow(() -> new IllegalArgumentException("has no link"));
    want(prev);
    add(record, prev, Kind.NAMING, Optional.of(context));
  }

  /**
   * Asks whether a run of proofs that a proof goes past begins on its chain.
   *
   * @param link what the first proof of the run names
   * @param record the proof
   * @param passed the counter of the last one that it goes past
   */
  void askPast(Bytes link, LinkRecord record, Optional<Counter> passed) throws ChainException {
    want(link);
    add(record, link, Kind.PASSING, Optional.of(new Context(passed, 0, false)));
  }

  private void want(Bytes hash) {
    if (filtering) {
      filter.add(hash);
      if (filter.size() > MAX_FILTER) {
        filtering = false;
        filter.clear();
      }
    }
  }

  boolean isEmpty() {
    return sort.size() == 0;
  }

  /** Offers a proof that may be named, or name what another one names. To be done for all. */
  void offer(LinkRecord record) throws ChainException {
    if (isWanted(record.sealed())) {
      add(record, record.sealed(), Kind.NAMED, Optional.empty());
    }
    if (!record.alternate() && record.prev().isPresent() && isWanted(record.prev().get())) {
      add(record, record.prev().get(), Kind.NAMING, Optional.empty());
    }
  }

  private boolean isWanted(Bytes hash) {
    return !filtering || filter.contains(hash);
  }

  private void add(LinkRecord record, Bytes hash, Kind kind, Optional<Context> context)
      throws ChainException {
    Row row =
        new Row(
            hash,
            kind,
            record.lane(),
            record.counter(),
            record.signed(),
            record.source(),
            context,
            Variant.of(record));
    sort.add(row.encode());
  }

  /**
   * Reports what was found out.
   *
   * @param forks takes the chains that have forked, and from which counter on that is shown
   */
  void resolve(Lanes lanes, Findings findings, BiConsumer<Lanes.Lane, Counter> forks)
      throws ChainException {
    filter.clear();
    LinkVerdicts verdicts = new LinkVerdicts(lanes, findings, forks);
    RecordCursor cursor = sort.sorted();
    while (cursor.advance()) {
      verdicts.accept(Row.decode(cursor.record()));
    }
    verdicts.finish();
  }

  @Override
  public void close() throws ChainException {
    sort.close();
  }
}
