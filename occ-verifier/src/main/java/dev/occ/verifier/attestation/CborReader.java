package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CBOR_DUPLICATE_KEY;
import static dev.occ.verifier.attestation.AttestationRejection.CBOR_MALFORMED;

import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the values of one CBOR item (RFC 8949) that {@link CborProfile} has approved.
 *
 * <p>The walk of the profile has checked every head, length, text and nesting, so this class
 * follows heads that are right. It decides one thing itself: a key must not stand twice in a map.
 */
final class CborReader {
  private static final int BREAK = 0xFF;
  private static final int INDEFINITE = 31;

  private final byte[] input;
  private int at;

  private CborReader(byte[] input) {
    this.input = input;
  }

  /** Reads input that is exactly one item. */
  static CborValue read(byte[] input) throws AttestationException {
    CborProfile.check(input);
    return new CborReader(input).value();
  }

  private CborValue value() throws AttestationException {
    int head = next();
    int info = head & 0x1F;
    return switch (head >>> 5) {
      case 0 -> new CborValue.Int(argument(info));
      case 1 -> new CborValue.Int(-1 - argument(info));
      case 2 -> new CborValue.ByteString(bytes((int) argument(info)));
      case 3 -> new CborValue.Text(text((int) argument(info)));
      case 4 -> array(info);
      case 5 -> map(info);
      default -> simple(head);
    };
  }

  private CborValue array(int info) throws AttestationException {
    List<CborValue> items = new ArrayList<>();
    for (long left = count(info); left > 0 && !ends(info); left--) {
      items.add(value());
    }
    return new CborValue.Array(items);
  }

  private CborValue map(int info) throws AttestationException {
    Map<CborValue, CborValue> entries = new HashMap<>();
    for (long left = count(info); left > 0 && !ends(info); left--) {
      CborValue key = value();
      if (entries.putIfAbsent(key, value()) != null) {
        throw new AttestationException(CBOR_DUPLICATE_KEY, "a CBOR map has one key twice");
      }
    }
    return new CborValue.Mapping(entries);
  }

  /** Entries of an array or map; without a bound where a break ends it. */
  private long count(int info) {
    return info == INDEFINITE ? Long.MAX_VALUE : argument(info);
  }

  /** Consumes the break that ends an array or map of indefinite length, if it stands here. */
  private boolean ends(int info) {
    if (info != INDEFINITE || (input[at] & 0xFF) != BREAK) {
      return false;
    }
    at++;
    return true;
  }

  private static CborValue simple(int head) throws AttestationException {
    return switch (head) {
      case 0xF4 -> new CborValue.Bool(false);
      case 0xF5 -> new CborValue.Bool(true);
      case 0xF6 -> new CborValue.Null();
      default -> throw new AttestationException(CBOR_MALFORMED, "unexpected CBOR head " + head);
    };
  }

  private Bytes bytes(int length) {
    at += length;
    return Bytes.of(Arrays.copyOfRange(input, at - length, at));
  }

  private String text(int length) {
    at += length;
    return new String(input, at - length, length, StandardCharsets.UTF_8);
  }

  private long argument(int info) {
    if (info < 24) {
      return info;
    }
    long value = 0;
    for (int left = 1 << (info - 24); left > 0; left--) {
      value = value << 8 | next();
    }
    return value;
  }

  private int next() {
    return input[at++] & 0xFF;
  }
}
