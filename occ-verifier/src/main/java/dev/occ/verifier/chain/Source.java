package dev.occ.verifier.chain;

import java.nio.ByteBuffer;

/**
 * Where a proof came from, in two numbers.
 *
 * @param rank follows from the source's name alone, so that an order by it does not depend on the
 *     order of the input
 * @param position where the name stands in {@link SourceNames}
 */
record Source(long rank, long position) {
  /** Bytes of an encoded source. */
  static final int SIZE = 16;

  void put(ByteBuffer bytes) {
    bytes.putLong(rank).putLong(position);
  }

  static Source get(ByteBuffer bytes) {
    return new Source(bytes.getLong(), bytes.getLong());
  }
}
