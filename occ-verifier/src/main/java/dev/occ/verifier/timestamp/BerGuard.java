package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.DER_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.DER_TOO_DEEP;
import static dev.occ.verifier.timestamp.TimestampRejection.DER_TRAILING_BYTES;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * Lets one value through that is written in BER, as CMS allows (RFC 5652 section 2): indefinite
 * lengths, lengths in a longer form, strings in pieces. The walk comes before BouncyCastle's
 * parser, which recurses as deep as its input nests. It keeps, of each value that is open, where it
 * ends, or {@link #INDEFINITE}; an end-of-contents ends the innermost indefinite one and nothing
 * else.
 */
final class BerGuard {
  private static final int MAX_DEPTH = 32;
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG = 0x1F;
  private static final int MAX_LENGTH_OCTETS = 4;
  private static final int INDEFINITE = -1;

  private final byte[] ber;
  private final Deque<Integer> ends = new ArrayDeque<>();
  private int position;

  private BerGuard(byte[] ber) {
    this.ber = ber;
  }

  /**
   * The value, if it is exactly one.
   *
   * @return with definite, shortest lengths and strings in one piece, sets in the order in which
   *     they came
   */
  static ASN1Primitive read(byte[] ber) throws TimestampException {
    new BerGuard(ber).walk();
    try {
      return ASN1Primitive.fromByteArray(
          ASN1Primitive.fromByteArray(ber).getEncoded(ASN1Encoding.DL));
    } catch (IOException | RuntimeException e) {
      // The parser reports bad content with several unchecked exceptions; each is a refusal.
      throw new TimestampException(DER_MALFORMED, "a value is not BER", e);
    }
  }

  private void walk() throws TimestampException {
    readValue();
    while (!ends.isEmpty()) {
      int end = ends.element();
      if (end == position) {
        ends.pop();
      } else if (end == INDEFINITE && isEndOfContents()) {
        position += 2;
        ends.pop();
      } else {
        readValue();
      }
    }
    if (position < ber.length) {
      throw new TimestampException(
          DER_TRAILING_BYTES, (ber.length - position) + " bytes follow the value");
    }
  }

  private boolean isEndOfContents() {
    return ber.length - position >= 2 && ber[position] == 0 && ber[position + 1] == 0;
  }

  /** Reads tag and length; goes into a constructed value, past a primitive one. */
  private void readValue() throws TimestampException {
    int limit = limit();
    if (limit - position < 2
        || (ber[position] & HIGH_TAG) == HIGH_TAG
        || (ber[position] == 0 && !ends.isEmpty())) {
      throw malformed("a value ends early or has a tag that no token needs");
    }
    boolean constructed = (ber[position] & CONSTRUCTED) != 0;
    int length = ber[position + 1] & 0xFF;
    position += 2;
    if (length > 0x80) {
      length = longLength(length - 0x80, limit);
    } else if (length == 0x80) {
      if (!constructed) {
        throw malformed("a primitive value has an indefinite length");
      }
      length = INDEFINITE;
    }
    if (length > limit - position) {
      throw malformed("a value is longer than what it stands in");
    }
    if (!constructed) {
      position += length;
    } else if (ends.size() == MAX_DEPTH) {
      throw new TimestampException(DER_TOO_DEEP, "values nest deeper than " + MAX_DEPTH);
    } else {
      ends.push(length == INDEFINITE ? INDEFINITE : position + length);
    }
  }

  /** The end of the innermost value that has one. */
  private int limit() {
    for (int end : ends) {
      if (end != INDEFINITE) {
        return end;
      }
    }
    return ber.length;
  }

  private int longLength(int octets, int limit) throws TimestampException {
    if (octets > MAX_LENGTH_OCTETS || octets > limit - position) {
      throw malformed("a length is too long or cut off");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | (ber[position++] & 0xFF);
    }
    if (length < 0) {
      throw malformed("a length is too long");
    }
    return length;
  }

  private static TimestampException malformed(String text) {
    return new TimestampException(DER_MALFORMED, text);
  }
}
