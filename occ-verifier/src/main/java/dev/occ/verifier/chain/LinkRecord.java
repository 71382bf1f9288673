package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the order of a valid proof rests on, in a fixed number of bytes whose order is that of
 * chain, counter, signed body, alternates last, sealed proof, source.
 *
 * @param lane the number of the proof's chain in its epoch
 * @param counter the commit's place
 * @param signed the hash of the signed body
 * @param sealed the hash of the sealed proof, which a successor names
 * @param source where the proof came from
 * @param prev the sealed proof before
 * @param slot the slot's place
 * @param slotHash the hash of the slot's body; zero without a slot
 * @param anchor what the proof is as an anchor: 0 none, 1 a good one, or a problem
 * @param block the anchor's block
 * @param alternate whether this is one proof's record again, with another {@link SealedForm}
 * @param members where {@link SourceNames} says what the form makes of unlisted members, if any
 */
record LinkRecord(
    int lane,
    Optional<Counter> counter,
    Bytes signed,
    Bytes sealed,
    Source source,
    Optional<Bytes> prev,
    Optional<Counter> slot,
    Bytes slotHash,
    int anchor,
    long block,
    boolean alternate,
    Optional<Source> members) {
  static final int NOT_AN_ANCHOR = 0;
  static final int GOOD_ANCHOR = 1;

  /** Bytes of an encoded record. */
  static final int SIZE = 4 + 9 + 32 + 1 + 32 + Source.SIZE + 1 + 32 + 9 + 32 + 8 + Source.SIZE;

  private static final Bytes NO_HASH = Bytes.of(new byte[32]);

  static LinkRecord of(Proof proof, int lane, Source source, AnchorReading anchor) {
    Commit commit = proof.commit();
    return new LinkRecord(
        lane,
        commit.counter(),
        proof.proofHash(),
        proof.sealedHash(),
        source,
        commit.prev(),
        proof.slotAllocation().map(slot -> slot.counter()),
        proof.slotAllocation().map(slot -> Bytes.sha256(slot.signedBytes())).orElse(NO_HASH),
        code(anchor),
        anchor instanceof EthereumAnchor good ? good.blockNumber().bits() : 0,
        false,
        Optional.empty());
  }

  private static int code(AnchorReading anchor) {
    if (anchor instanceof AnchorReading.Malformed malformed) {
      return malformed.problem().number();
    }
    return anchor instanceof EthereumAnchor ? GOOD_ANCHOR : NOT_AN_ANCHOR;
  }

  /** The same record of another chain and source. */
  LinkRecord at(int laneNumber, Source from) {
    return with(laneNumber, sealed, from, alternate, members);
  }

  /** The same record with another form of the proof. */
  LinkRecord as(Bytes hash, boolean isAlternate, Source what) {
    return with(lane, hash, source, isAlternate, Optional.of(what));
  }

  private LinkRecord with(
      int laneNumber, Bytes hash, Source from, boolean isAlternate, Optional<Source> what) {
    return new LinkRecord(
        laneNumber,
        counter,
        signed,
        hash,
        from,
        prev,
        slot,
        slotHash,
        anchor,
        block,
        isAlternate,
        what);
  }

  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).putInt(lane);
    putCounter(bytes, counter);
    bytes.put(signed.toByteArray()).put((byte) (alternate ? 1 : 0)).put(sealed.toByteArray());
    source.put(bytes);
    bytes.put((byte) ((prev.isPresent() ? 0x80 : 0) | anchor));
    bytes.put(prev.orElse(NO_HASH).toByteArray());
    putCounter(bytes, slot);
    bytes.put(slotHash.toByteArray()).putLong(block);
    Source.putOptional(bytes, members);
    return bytes.array();
  }

  static LinkRecord decode(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    int lane = bytes.getInt();
    Optional<Counter> counter = counter(bytes);
    Bytes signed = hash(bytes);
    boolean alternate = bytes.get() != 0;
    Bytes sealed = hash(bytes);
    Source source = Source.get(bytes);
    byte flags = bytes.get();
    Bytes prev = hash(bytes);
    Optional<Counter> slot = counter(bytes);
    Bytes slotHash = hash(bytes);
    return new LinkRecord(
        lane,
        counter,
        signed,
        sealed,
        source,
        flags < 0 ? Optional.of(prev) : Optional.empty(),
        slot,
        slotHash,
        flags & 0x7F,
        bytes.getLong(),
        alternate,
        Source.getOptional(bytes));
  }

  /** A counter in nine bytes; an absent one comes first. */
  static void putCounter(ByteBuffer bytes, Optional<Counter> counter) {
    bytes.put((byte) (counter.isPresent() ? 1 : 0));
    bytes.putLong(counter.map(Counter::bits).orElse(0L));
  }

  static Optional<Counter> counter(ByteBuffer bytes) {
    boolean present = bytes.get() != 0;
    long bits = bytes.getLong();
    return present ? Optional.of(new Counter(bits)) : Optional.empty();
  }

  static Bytes hash(ByteBuffer bytes) {
    byte[] hash = new byte[32];
    bytes.get(hash);
    return Bytes.of(hash);
  }

  /** Whether two encoded records are of one chain and counter. */
  static boolean samePlace(byte[] a, byte[] b) {
    return Arrays.equals(a, 0, 13, b, 0, 13);
  }
}
