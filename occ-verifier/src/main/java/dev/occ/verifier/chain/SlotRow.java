package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.nio.ByteBuffer;

/**
 * A proof's use of a slot, in bytes whose order is that of chain, slot counter, slot.
 *
 * @param chain the chain
 * @param counter the slot's counter
 * @param slotHash the slot
 * @param signed the proof's signed body
 * @param commit the commit's counter
 * @param source where the proof came from
 */
record SlotRow(
    int chain, Counter counter, Bytes slotHash, Bytes signed, Counter commit, Source source) {
  static final int SIZE = 4 + 8 + 32 + 32 + 8 + Source.SIZE;

  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).putInt(chain).putLong(counter.bits());
    bytes.put(slotHash.toByteArray()).put(signed.toByteArray()).putLong(commit.bits());
    source.put(bytes);
    return bytes.array();
  }

  static SlotRow decode(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    return new SlotRow(
        bytes.getInt(),
        new Counter(bytes.getLong()),
        LinkRecord.hash(bytes),
        LinkRecord.hash(bytes),
        new Counter(bytes.getLong()),
        Source.get(bytes));
  }
}
