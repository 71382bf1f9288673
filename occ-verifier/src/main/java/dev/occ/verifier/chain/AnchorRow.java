package dev.occ.verifier.chain;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.verifier.EthereumAnchor;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An anchor and where it stands; encoded so that blocks, or hashes, come together, and of one block
 * the authenticated anchors first.
 */
record AnchorRow(EthereumAnchor anchor, Source source, int chain, Optional<Counter> counter) {
  static final int SIZE = 8 + 32 + 1 + Source.SIZE + 4 + 9;

  byte[] byNumber() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).putLong(anchor.block().number());
    putRest(bytes.put(anchor.blockHash().toByteArray()));
    return bytes.array();
  }

  byte[] byHash() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).put(anchor.blockHash().toByteArray());
    putRest(bytes.putLong(anchor.block().number()));
    return bytes.array();
  }

  private void putRest(ByteBuffer bytes) {
    bytes.put((byte) (anchor.authenticated() ? 0 : 1));
    source.put(bytes);
    bytes.putInt(chain);
    LinkRecord.putCounter(bytes, counter);
  }

  static AnchorRow ofNumber(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    long number = bytes.getLong();
    return rest(new AnchoredBlock(number, LinkRecord.hash(bytes)), bytes);
  }

  static AnchorRow ofHash(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    Bytes hash = LinkRecord.hash(bytes);
    return rest(new AnchoredBlock(bytes.getLong(), hash), bytes);
  }

  private static AnchorRow rest(AnchoredBlock block, ByteBuffer bytes) {
    EthereumAnchor anchor = new EthereumAnchor(block, bytes.get() == 0);
    return new AnchorRow(anchor, Source.get(bytes), bytes.getInt(), LinkRecord.counter(bytes));
  }
}
