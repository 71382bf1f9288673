package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.EpochLink;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An epoch link (spec 8) and where it stands; encoded so that those that name one predecessor come
 * together.
 *
 * @param predecessor hash of the predecessor's epoch id, counter and proof hash
 * @param prevCounter that counter
 * @param prevProofHash that proof hash
 * @param epoch hash of the naming epoch's id and key
 * @param signed the signed body of the proof with the link
 * @param source where that proof came from
 * @param before hash of the predecessor's epoch id and key
 * @param first whether the proof is the first of its chain
 * @param chain its chain
 * @param counter its counter
 */
record EpochLinkRow(
    Bytes predecessor,
    Counter prevCounter,
    Bytes prevProofHash,
    Bytes epoch,
    Bytes signed,
    Source source,
    Bytes before,
    boolean first,
    int chain,
    Optional<Counter> counter) {
  static final int SIZE = 32 + 8 + 32 + 32 + 32 + Source.SIZE + 32 + 1 + 4 + 9;

  static EpochLinkRow of(EpochLink link, LinkRecord record, Bytes epoch) {
    Bytes name = ChainKey.nameHash(Optional.of(link.prevEpochId()));
    ByteBuffer predecessor = ByteBuffer.allocate(32 + 8 + 32).put(name.toByteArray());
    predecessor.putLong(link.prevCounter().bits()).put(link.prevProofHash().toByteArray());
    return new EpochLinkRow(
        Bytes.sha256(predecessor.array()),
        link.prevCounter(),
        link.prevProofHash(),
        epoch,
        record.signed(),
        record.source(),
        ChainKey.epochHash(name, link.prevPublicKey()),
        record.prev().isEmpty(),
        record.chain(),
        record.counter());
  }

  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).put(predecessor.toByteArray());
    bytes.putLong(prevCounter.bits()).put(prevProofHash.toByteArray());
    bytes.put(epoch.toByteArray()).put(signed.toByteArray());
    source.put(bytes);
    bytes.put(before.toByteArray()).put((byte) (first ? 1 : 0)).putInt(chain);
    LinkRecord.putCounter(bytes, counter);
    return bytes.array();
  }

  static EpochLinkRow decode(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    return new EpochLinkRow(
        LinkRecord.hash(bytes),
        new Counter(bytes.getLong()),
        LinkRecord.hash(bytes),
        LinkRecord.hash(bytes),
        LinkRecord.hash(bytes),
        Source.get(bytes),
        LinkRecord.hash(bytes),
        bytes.get() != 0,
        bytes.getInt(),
        LinkRecord.counter(bytes));
  }
}
