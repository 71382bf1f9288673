package dev.occ.agency;

/**
 * Walks the extension outputs at the end of authenticator data: one CBOR map (RFC 8949) with text
 * keys, in the form that CTAP2 allows: no indefinite lengths, nesting of at most four, no tags.
 * Nothing is read from them; the walk shows that they end where the data ends.
 */
final class ExtensionOutputs {
  private static final int MAX_DEPTH = 4;
  private static final int BYTE_STRING = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;

  private final byte[] data;
  private int position;

  private ExtensionOutputs(byte[] data, int position) {
    this.data = data;
    this.position = position;
  }

  /** Whether the bytes from an index on are such a map and nothing more. */
  static boolean areAllFrom(byte[] data, int start) {
    ExtensionOutputs walk = new ExtensionOutputs(data, start);
    return walk.majorType() == MAP && walk.item(1) && walk.position == data.length;
  }

  /** Steps over an item; false if it is not an allowed one or ends too late. */
  private boolean item(int depth) {
    int type = majorType();
    boolean allowed =
        type >= 0 && type != TAG && (depth <= MAX_DEPTH || type < ARRAY || type > MAP);
    long argument = allowed ? argument() : -1;
    if (argument < 0) {
      return false;
    }
    return switch (type) {
      case BYTE_STRING, TEXT -> skip(argument);
      case ARRAY -> items(argument, depth);
      case MAP -> entries(argument, depth);
      default -> true;
    };
  }

  private boolean items(long count, int depth) {
    for (long i = 0; i < count; i++) { // ends at the latest with the data
      if (!item(depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean entries(long count, int depth) {
    for (long i = 0; i < count; i++) {
      boolean named = depth > 1 || majorType() == TEXT;
      if (!named || !item(depth + 1) || !item(depth + 1)) {
        return false;
      }
    }
    return true;
  }

  /** The next item's type, or -1 at the end. */
  private int majorType() {
    return position < data.length ? (data[position] & 0xff) >> 5 : -1;
  }

  /** Steps over an item's head; gives its argument, or -1 for one that is not allowed. */
  private long argument() {
    int info = data[position++] & 0x1f;
    if (info < 24) {
      return info;
    }
    int length = 1 << (info - 24);
    if (info > 27 || length > data.length - position) {
      return -1;
    }
    long argument = 0;
    for (int i = 0; i < length; i++) {
      argument = (argument << 8) | (data[position++] & 0xff);
    }
    return argument < 0 ? Long.MAX_VALUE : argument; // unsigned: as a length far too long
  }

  private boolean skip(long length) {
    if (length > data.length - position) {
      return false;
    }
    position += (int) length;
    return true;
  }
}
