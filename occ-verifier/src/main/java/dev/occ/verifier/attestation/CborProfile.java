package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CBOR_INVALID_UTF8;
import static dev.occ.verifier.attestation.AttestationRejection.CBOR_MALFORMED;
import static dev.occ.verifier.attestation.AttestationRejection.CBOR_NOT_ALLOWED;
import static dev.occ.verifier.attestation.AttestationRejection.CBOR_TOO_DEEP;
import static dev.occ.verifier.attestation.AttestationRejection.CBOR_TRAILING_BYTES;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Walks the heads of a CBOR item (RFC 8949 section 3) and refuses what an attestation document
 * never holds, before {@link CborReader} builds its values.
 *
 * <p>Nothing is allocated here but for the check of texts, so a length that the input does not have
 * costs nothing.
 */
final class CborProfile {
  /** The deepest nesting of arrays and maps (spec 12). */
  static final int MAX_DEPTH = 16;

  private static final int BREAK = 0xFF;
  private static final int INDEFINITE = 31;

  private final byte[] input;
  private int at;

  private CborProfile(byte[] input) {
    this.input = input;
  }

  /** Checks that the input is exactly one item of the profile. */
  static void check(byte[] input) throws AttestationException {
    CborProfile walk = new CborProfile(input);
    walk.item(0);
    if (walk.at != input.length) {
      throw new AttestationException(
          CBOR_TRAILING_BYTES, following(input.length - walk.at) + " the CBOR item");
    }
  }

  private void item(int depth) throws AttestationException {
    int head = next();
    int info = head & 0x1F;
    switch (head >>> 5) {
      case 0, 1 -> integer(info);
      case 2 -> bytes(info);
      case 3 -> text(info);
      case 4 -> array(info, deeper(depth));
      case 5 -> map(info, deeper(depth));
      case 6 -> tag(info);
      default -> simple(info);
    }
  }

  private int deeper(int depth) throws AttestationException {
    if (depth == MAX_DEPTH) {
      throw new AttestationException(CBOR_TOO_DEEP, "CBOR nests deeper than " + MAX_DEPTH);
    }
    return depth + 1;
  }

  private void array(int info, int depth) throws AttestationException {
    if (info == INDEFINITE) {
      while (!atBreak()) {
        item(depth);
      }
      return;
    }
    for (int left = length(info); left > 0; left--) {
      item(depth);
    }
  }

  private void map(int info, int depth) throws AttestationException {
    if (info == INDEFINITE) {
      while (!atBreak()) {
        entry(depth);
      }
      return;
    }
    for (int left = length(info); left > 0; left--) {
      entry(depth);
    }
  }

  private void entry(int depth) throws AttestationException {
    int head = next();
    switch (head >>> 5) {
      case 0, 1 -> integer(head & 0x1F);
      case 3 -> text(head & 0x1F);
      default ->
          throw head == BREAK
              ? malformed("a break stands in place of a map key")
              : notAllowed("a map key is neither an integer nor text");
    }
    item(depth);
  }

  /** Consumes the break that ends an array or map of indefinite length, if it stands here. */
  private boolean atBreak() throws AttestationException {
    if (at == input.length) {
      throw malformed("the CBOR ends inside an array or map");
    }
    if ((input[at] & 0xFF) != BREAK) {
      return false;
    }
    at++;
    return true;
  }

  private void integer(int info) throws AttestationException {
    if (argument(info) < 0) {
      throw notAllowed("an integer is beyond 64 signed bits");
    }
  }

  private void bytes(int info) throws AttestationException {
    int length = length(info);
    at += length;
  }

  private void text(int info) throws AttestationException {
    int length = length(info);
    try {
      // A new decoder reports malformed input; new String() would replace it.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input, at, length));
    } catch (CharacterCodingException e) {
      throw new AttestationException(CBOR_INVALID_UTF8, "a CBOR text is not UTF-8", e);
    }
    at += length;
  }

  private void tag(int info) throws AttestationException {
    argument(info);
    throw notAllowed("a tag stands inside the document");
  }

  private void simple(int info) throws AttestationException {
    switch (info) {
      case 20, 21, 22 -> {} // false, true, null
      case 24 ->
          throw next() < 32
              ? malformed("a simple value below 32 takes two bytes")
              : notAllowed("a simple value stands inside the document");
      default -> {
        argument(info);
        throw notAllowed("a float or a simple value stands inside the document");
      }
    }
  }

  /**
   * The length of a string in bytes, or of an array or map in entries: each entry takes a byte at
   * least, so more of them than bytes left is an input that ends too early.
   */
  private int length(int info) throws AttestationException {
    if (info == INDEFINITE) {
      throw notAllowed("a CBOR string comes in chunks");
    }
    long length = argument(info);
    if (length < 0 || length > input.length - at) {
      throw malformed("a CBOR length goes beyond the input");
    }
    return (int) length;
  }

  /** The argument of a head; negative for values of 2^63 and more. */
  private long argument(int info) throws AttestationException {
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw malformed("a CBOR head is reserved, or a break out of place");
    }
    long value = 0;
    for (int left = 1 << (info - 24); left > 0; left--) {
      value = value << 8 | next();
    }
    return value;
  }

  private int next() throws AttestationException {
    if (at == input.length) {
      throw malformed("the CBOR ends inside an item");
    }
    return input[at++] & 0xFF;
  }

  private static String following(int bytes) {
    return bytes == 1 ? "1 byte follows" : bytes + " bytes follow";
  }

  private static AttestationException malformed(String text) {
    return new AttestationException(CBOR_MALFORMED, text);
  }

  private static AttestationException notAllowed(String text) {
    return new AttestationException(CBOR_NOT_ALLOWED, text);
  }
}
