package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.Immutable;
import dev.occ.json.JsonException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable byte string, used wherever a value holds a digest, key, nonce or signature.
 *
 * <p>Equality is decided in constant time for equal lengths. {@link #toString()} is the Base64
 * text, so no secret belongs in here.
 */
@CheckReturnValue
@Immutable
public final class Bytes {
  @SuppressWarnings("Immutable") // never handed out, never written after construction
  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /**
   * A copy of an array.
   *
   * @param value any bytes, may be empty
   * @return the bytes as they are now
   */
  public static Bytes of(byte[] value) {
    return new Bytes(value.clone());
  }

  /**
   * Decodes canonical Base64 (RFC 4648 section 4, spec 1): padded, no white space, and re-encoding
   * gives the same text.
   *
   * @param text the encoded text; empty text gives no bytes
   * @return the decoded bytes
   * @throws JsonException with {@link JsonException.Reason#INVALID_BASE64} for any other text
   */
  public static Bytes fromBase64(String text) throws JsonException {
    return new Bytes(CanonicalBase64.decode(text));
  }

  /**
   * Decodes canonical Base64 of a fixed number of bytes.
   *
   * @param text the encoded text
   * @param length how many bytes there must be
   * @return the decoded bytes
   * @throws JsonException with {@link JsonException.Reason#INVALID_BASE64} as {@link
   *     #fromBase64(String)}, or {@link JsonException.Reason#INVALID_LENGTH} for another length
   */
  public static Bytes fromBase64(String text, int length) throws JsonException {
    return fromBase64(text, length, length);
  }

  /** As the public one, for a range of lengths. */
  static Bytes fromBase64(String text, int min, int max) throws JsonException {
    Bytes decoded = fromBase64(text);
    if (decoded.size() < min || decoded.size() > max) {
      String expected =
          min == max ? "" + min : max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
      throw new JsonException(
          JsonException.Reason.INVALID_LENGTH,
          "",
          "has " + decoded.size() + " bytes instead of " + expected);
    }
    return decoded;
  }

  /**
   * Decodes lower-case hex (spec 1).
   *
   * @param text an even number of the digits 0-9 and a-f
   * @return the decoded bytes
   * @throws JsonException with {@link JsonException.Reason#INVALID_HEX} for any other text
   */
  public static Bytes fromHex(String text) throws JsonException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        throw new JsonException(JsonException.Reason.INVALID_HEX, "", "is not lower-case hex");
      }
    }
    if (text.length() % 2 != 0) {
      throw new JsonException(
          JsonException.Reason.INVALID_HEX, "", "has an odd number of hex digits");
    }
    return new Bytes(HexFormat.of().parseHex(text));
  }

  /**
   * The SHA-256 digest (FIPS 180-4) of some bytes.
   *
   * @param data what to hash
   * @return 32 bytes
   */
  public static Bytes sha256(byte[] data) {
    return new Bytes(newSha256().digest(data));
  }

  /**
   * A fresh SHA-256 digest object of the JDK.
   *
   * @return a digest that nobody else holds
   */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The number of bytes.
   *
   * @return zero or more
   */
  public int size() {
    return value.length;
  }

  /**
   * One byte.
   *
   * @param index from 0 to {@link #size()} - 1
   * @return the byte there
   * @throws IndexOutOfBoundsException outside that range
   */
  public byte get(int index) {
    return value[Objects.checkIndex(index, value.length)];
  }

  /**
   * Whether every byte is zero, as in the PCRs of a debug enclave.
   *
   * @return true also when there are no bytes
   */
  public boolean isAllZero() {
    int bits = 0;
    for (byte b : value) {
      bits |= b;
    }
    return bits == 0;
  }

  /**
   * A copy for the caller.
   *
   * @return a fresh array
   */
  public byte[] toByteArray() {
    return value.clone();
  }

  /**
   * Base64 with padding (RFC 4648 section 4).
   *
   * @return the canonical text
   */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(value);
  }

  /**
   * Lower-case hex.
   *
   * @return two digits a byte
   */
  public String toHex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && MessageDigest.isEqual(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return toBase64();
  }
}
