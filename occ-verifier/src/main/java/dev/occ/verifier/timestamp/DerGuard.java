package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.DER_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.DER_TOO_DEEP;
import static dev.occ.verifier.timestamp.TimestampRejection.DER_TRAILING_BYTES;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * Lets one value through that is written as DER demands, but for the order inside of sets, which
 * real tokens do not keep. The walk comes before BouncyCastle's parser, which recurses as deep as
 * its input nests; what is left afterwards, writing the parsed value again shows.
 */
final class DerGuard {
  private static final int MAX_DEPTH = 32;
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG = 0x1F;
  private static final int MAX_LENGTH_OCTETS = 3;

  private final byte[] der;
  private int position;

  private DerGuard(byte[] der) {
    this.der = der;
  }

  /** The value, if it is exactly one. */
  static ASN1Primitive read(byte[] der) throws TimestampException {
    new DerGuard(der).walk();
    try {
      ASN1Primitive value = ASN1Primitive.fromByteArray(der);
      if (Arrays.equals(value.getEncoded(ASN1Encoding.DL), der)) {
        return value;
      }
    } catch (IOException | RuntimeException e) {
      // The parser reports bad content with several unchecked exceptions; each is a refusal.
      throw new TimestampException(DER_MALFORMED, "a value is not DER", e);
    }
    throw malformed("a value is not written as DER demands");
  }

  private void walk() throws TimestampException {
    int end = valueEnd(der.length);
    if (end < der.length) {
      throw new TimestampException(
          DER_TRAILING_BYTES, (der.length - end) + " bytes follow the value");
    }
    Deque<Integer> ends = new ArrayDeque<>();
    enter(ends, 0, end);
    while (!ends.isEmpty()) {
      if (position == ends.peek()) {
        ends.pop();
        continue;
      }
      int tag = position;
      enter(ends, tag, valueEnd(ends.peek()));
    }
  }

  /** Goes into a constructed value, past a primitive one. */
  private void enter(Deque<Integer> ends, int tag, int end) throws TimestampException {
    if ((der[tag] & CONSTRUCTED) == 0) {
      position = end;
      return;
    }
    if (ends.size() == MAX_DEPTH) {
      throw new TimestampException(DER_TOO_DEEP, "values nest deeper than " + MAX_DEPTH);
    }
    ends.push(end);
  }

  /** Reads tag and length; the position is at the content then, and where it ends is returned. */
  private int valueEnd(int limit) throws TimestampException {
    if (limit - position < 2 || (der[position] & HIGH_TAG) == HIGH_TAG) {
      throw malformed("a value ends early or has a tag that no token needs");
    }
    int length = der[position + 1] & 0xFF;
    position += 2;
    if (length >= 0x80) {
      length = longLength(length - 0x80, limit);
    }
    if (length > limit - position) {
      throw malformed("a value is longer than what it stands in");
    }
    return position + length;
  }

  private int longLength(int octets, int limit) throws TimestampException {
    if (octets == 0 || octets > MAX_LENGTH_OCTETS || octets > limit - position) {
      throw malformed("a length is indefinite, too long or cut off");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | (der[position++] & 0xFF);
    }
    if (length < 0x80 || length >>> (8 * (octets - 1)) == 0) {
      throw malformed("a length is not in its shortest form");
    }
    return length;
  }

  private static TimestampException malformed(String text) {
    return new TimestampException(DER_MALFORMED, text);
  }
}
