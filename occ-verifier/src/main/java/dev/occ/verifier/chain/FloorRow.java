package dev.occ.verifier.chain;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Floor;
import dev.occ.proof.SlotAnchor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A slot's floor, or an authenticated anchor that such a floor may repeat (spec 10), in bytes whose
 * order is that of chain, place, kind, signed body.
 *
 * @param chain the chain
 * @param place the slot's counter, or the anchor's own
 * @param kind what the row is
 * @param signed the proof's signed body
 * @param anchorCounter the counter of the anchor that a slot repeats; zero otherwise
 * @param number the block's number; zero for two floors
 * @param hash the block's hash; zero for two floors
 * @param counter the proof's counter
 * @param source where the proof came from
 */
record FloorRow(
    int chain,
    Counter place,
    Kind kind,
    Bytes signed,
    Counter anchorCounter,
    long number,
    Bytes hash,
    Optional<Counter> counter,
    Source source) {
  static final int SIZE = 4 + 8 + 1 + 32 + 8 + 8 + 32 + 9 + Source.SIZE;

  /** What a row is. */
  enum Kind {
    /** An authenticated anchor. */
    ANCHOR,
    /** {@code commit.slotAnchor}. */
    SLOT_ANCHOR,
    /** {@code commit.slotFloor}. */
    BASE,
    /** Both of these, of which neither counts. */
    BOTH;

    private static final List<Kind> ALL = List.of(values());
  }

  private static final Bytes NO_HASH = Bytes.of(new byte[32]);

  static FloorRow ofAnchor(AnchoredBlock block, LinkRecord record, Counter counter) {
    return row(record, counter, Kind.ANCHOR, Counter.ZERO, block.number(), block.hash());
  }

  /** The row of a proof's floor; empty without a slot or a floor. */
  static Optional<FloorRow> ofFloor(Floor floor, boolean both, LinkRecord record) {
    if (record.slot().isEmpty()) {
      return Optional.empty();
    }
    Counter slot = record.slot().get();
    if (both) {
      return Optional.of(row(record, slot, Kind.BOTH, Counter.ZERO, 0, NO_HASH));
    }
    if (floor instanceof SlotAnchor anchor) {
      AnchoredBlock block = anchor.block();
      return Optional.of(
          row(record, slot, Kind.SLOT_ANCHOR, anchor.counter(), block.number(), block.hash()));
    }
    return floor instanceof BaseFloor base
        ? Optional.of(row(record, slot, Kind.BASE, Counter.ZERO, base.number(), base.hash()))
        : Optional.empty();
  }

  private static FloorRow row(
      LinkRecord record, Counter place, Kind kind, Counter anchor, long number, Bytes hash) {
    return new FloorRow(
        record.chain(),
        place,
        kind,
        record.signed(),
        anchor,
        number,
        hash,
        record.counter(),
        record.source());
  }

  /** The floor that the row is about; none for an anchor's row, and for two floors. */
  Floor floor() {
    return switch (kind) {
      case SLOT_ANCHOR -> new SlotAnchor(anchorCounter, new AnchoredBlock(number, hash));
      case BASE -> new BaseFloor(number, hash);
      case ANCHOR, BOTH -> Floor.NONE;
    };
  }

  boolean isOfBlock(FloorRow other) {
    return number == other.number && hash.equals(other.hash);
  }

  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).putInt(chain).putLong(place.bits());
    bytes
        .put((byte) Kind.ALL.indexOf(kind))
        .put(signed.toByteArray())
        .putLong(anchorCounter.bits());
    bytes.putLong(number).put(hash.toByteArray());
    LinkRecord.putCounter(bytes, counter);
    source.put(bytes);
    return bytes.array();
  }

  static FloorRow decode(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    return new FloorRow(
        bytes.getInt(),
        new Counter(bytes.getLong()),
        Kind.ALL.get(bytes.get()),
        LinkRecord.hash(bytes),
        new Counter(bytes.getLong()),
        bytes.getLong(),
        LinkRecord.hash(bytes),
        LinkRecord.counter(bytes),
        Source.get(bytes));
  }
}
