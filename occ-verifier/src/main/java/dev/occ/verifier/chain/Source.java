package dev.occ.verifier.chain;

import java.nio.ByteBuffer;
import java.util.Optional;

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

  /** Stands for an absent one; no name has this position. */
  private static final Source NONE = new Source(0, -1);

  void put(ByteBuffer bytes) {
    bytes.putLong(rank).putLong(position);
  }

  /** Puts a source that may be absent. */
  static void putOptional(ByteBuffer bytes, Optional<Source> source) {
    source.orElse(NONE).put(bytes);
  }

  static Optional<Source> getOptional(ByteBuffer bytes) {
    return Optional.of(get(bytes)).filter(source -> !source.equals(NONE));
  }

  static Source get(ByteBuffer bytes) {
    return new Source(bytes.getLong(), bytes.getLong());
  }
}
