package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An anchor and where it stands; encoded so that blocks, or hashes, come together. */
record AnchorRow(EthereumAnchor anchor, Source source, int lane, Optional<Counter> counter) {
  static final int SIZE = 8 + 32 + Source.SIZE + 4 + 9;

  byte[] byNumber() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).putLong(anchor.blockNumber().bits());
    putRest(bytes.put(anchor.blockHash().toByteArray()));
    return bytes.array();
  }

  byte[] byHash() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).put(anchor.blockHash().toByteArray());
    putRest(bytes.putLong(anchor.blockNumber().bits()));
    return bytes.array();
  }

  private void putRest(ByteBuffer bytes) {
    source.put(bytes);
    bytes.putInt(lane);
    LinkRecord.putCounter(bytes, counter);
  }

  static AnchorRow ofNumber(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    Counter number = new Counter(bytes.getLong());
    return rest(new EthereumAnchor(number, LinkRecord.hash(bytes)), bytes);
  }

  static AnchorRow ofHash(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    Bytes hash = LinkRecord.hash(bytes);
    return rest(new EthereumAnchor(new Counter(bytes.getLong()), hash), bytes);
  }

  private static AnchorRow rest(EthereumAnchor anchor, ByteBuffer bytes) {
    return new AnchorRow(anchor, Source.get(bytes), bytes.getInt(), LinkRecord.counter(bytes));
  }
}
