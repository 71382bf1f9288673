package dev.occ.signer.soft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes well-formed CBOR apart without decoding what is inside, so that a genuine document can be
 * put together again with all but one part untouched.
 */
final class CborItems {
  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xff;

  private final byte[] data;
  private int position;

  private CborItems(byte[] data) {
    this.data = data;
  }

  /** The encoded items of an array, or the keys and values of a map in turn. */
  static List<byte[]> children(byte[] item) {
    CborItems reader = new CborItems(item);
    int type = reader.peek() >> 5;
    long count = reader.head();
    if (type != 4 && type != 5) {
      throw new IllegalArgumentException("neither an array nor a map");
    }
    List<byte[]> children = new ArrayList<>();
    long expected = count < 0 ? Long.MAX_VALUE : type == 5 ? count * 2 : count;
    while (children.size() < expected && !(count < 0 && reader.peek() == BREAK)) {
      int start = reader.position;
      reader.skip();
      children.add(Arrays.copyOfRange(item, start, reader.position));
    }
    return children;
  }

  /** The bytes of a byte or text string. */
  static byte[] content(byte[] string) {
    CborItems reader = new CborItems(string);
    int length = Math.toIntExact(reader.head());
    return Arrays.copyOfRange(string, reader.position, reader.position + length);
  }

  private int peek() {
    return data[position] & 0xff;
  }

  /** The argument of the head here, or -1 for an indefinite length. */
  private long head() {
    int info = peek() & 0x1f;
    position++;
    if (info < 24) {
      return info;
    } else if (info == INDEFINITE) {
      return -1;
    }
    long argument = 0;
    for (int i = 0; i < 1 << (info - 24); i++) {
      argument = argument << 8 | peek();
      position++;
    }
    return argument;
  }

  private void skip() {
    int type = peek() >> 5;
    long argument = head();
    switch (type) {
      case 2, 3 -> position += Math.toIntExact(argument);
      case 4, 5 -> skipChildren(argument, type == 5 ? 2 : 1);
      case 6 -> skip();
      default -> {
        // Integers and simple values are their head.
      }
    }
  }

  private void skipChildren(long count, int itemsEach) {
    if (count < 0) {
      while (peek() != BREAK) {
        skip();
      }
      position++;
      return;
    }
    for (long i = 0; i < count * itemsEach; i++) {
      skip();
    }
  }
}
