package dev.occ.signer.soft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes CBOR items (RFC 8949) with definite lengths and the shortest heads, as the Nitro
 * hypervisor does. Items are byte strings that compose, so that the fault kit can put together what
 * a streaming writer would refuse.
 */
final class Cbor {
  /** The item {@code null} (RFC 8949, section 3.3). */
  private static final byte NULL = (byte) 0xf6;

  private Cbor() {}

  /** An integer of either sign (major types 0 and 1). */
  static byte[] integer(long value) {
    return value >= 0 ? head(0, value) : head(1, -1 - value);
  }

  /** A byte string (major type 2). */
  static byte[] bytes(byte[] value) {
    return concat(head(2, value.length), value);
  }

  /** A text string (major type 3). */
  static byte[] text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return concat(head(3, utf8.length), utf8);
  }

  /** An array of items (major type 4). */
  static byte[] array(List<byte[]> items) {
    return concat(head(4, items.size()), concat(items.toArray(new byte[0][])));
  }

  /** A map (major type 5) of keys and values that alternate. */
  static byte[] map(List<byte[]> keysAndValues) {
    return concat(head(5, keysAndValues.size() / 2), concat(keysAndValues.toArray(new byte[0][])));
  }

  /** A tagged item (major type 6). */
  static byte[] tag(long number, byte[] item) {
    return concat(head(6, number), item);
  }

  /** The item {@code null}. */
  static byte[] nullItem() {
    return new byte[] {NULL};
  }

  /** The parts one after the other. */
  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  /** An item's head: major type and argument, at least 0, in the shortest form. */
  private static byte[] head(int majorType, long argument) {
    int type = majorType << 5;
    if (argument < 24) {
      return new byte[] {(byte) (type | (int) argument)};
    } else if (argument < 1 << 8) {
      return new byte[] {(byte) (type | 24), (byte) argument};
    } else if (argument < 1 << 16) {
      return ByteBuffer.allocate(3).put((byte) (type | 25)).putShort((short) argument).array();
    } else if (argument < 1L << 32) {
      return ByteBuffer.allocate(5).put((byte) (type | 26)).putInt((int) argument).array();
    }
    return ByteBuffer.allocate(9).put((byte) (type | 27)).putLong(argument).array();
  }
}
