package dev.occ.verifier.attestation;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationFormException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an attestation document out of the forms in which people keep one: binary, with CBOR tag 61
 * or without; hex, Base64 and Base64url text, with line breaks, quotes and a byte order mark; JSON
 * in which one member holds such a text or an array of byte values.
 *
 * <p>For documents given by hand. A proof's attestation has one form, which is read strictly.
 */
@CheckReturnValue
public final class AttestationInput {
  /** The longest input, in bytes: an array of numbers of a document of the greatest length. */
  public static final int MAX_LENGTH = 256 * 1024;

  private static final Pattern HEX = Pattern.compile("(?:0[xX])?((?:[0-9a-fA-F]{2})+)");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
  private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+={0,2}");
  private static final byte[] TAG_CWT = {(byte) 0xD8, 0x3D};

  private AttestationInput() {}

  /**
   * Finds the document.
   *
   * @param input at most {@link #MAX_LENGTH} bytes
   * @return the bytes of what begins as a COSE_Sign1, for a verifier; nothing in them is checked
   * @throws AttestationFormException when the form is not understood
   */
  public static byte[] read(byte[] input) throws AttestationFormException {
    if (input.length > MAX_LENGTH) {
      throw new AttestationFormException(
          Reason.TOO_LONG, "the input is longer than " + MAX_LENGTH + " bytes");
    }
    if (isCose(input)) {
      return withoutCwtTag(input);
    }
    if (beginsWith(input, 0xFF, 0xFE) || beginsWith(input, 0xFE, 0xFF)) {
      throw new AttestationFormException(
          Reason.UTF16, "UTF-16 text; save it as UTF-8 or as the document's own bytes");
    }
    int start = beginsWith(input, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    String text =
        new String(input, start, input.length - start, StandardCharsets.ISO_8859_1).strip();
    if (text.isEmpty()) {
      throw new AttestationFormException(Reason.EMPTY, "the input is empty");
    }
    if (text.startsWith("-----BEGIN")) {
      throw new AttestationFormException(
          Reason.PEM, "a PEM frame; give the Base64 text between its first and last line");
    }
    return switch (text.charAt(0)) {
      case '{', '[' -> json(Arrays.copyOfRange(input, start, input.length));
      default -> text(unquoted(text));
    };
  }

  private static byte[] text(String text) throws AttestationFormException {
    Optional<byte[]> decoded = decode(text);
    if (decoded.isEmpty()) {
      throw new AttestationFormException(
          Reason.UNKNOWN, "neither CBOR, JSON, hex, Base64 nor Base64url");
    }
    if (!isCose(decoded.get())) {
      throw new AttestationFormException(
          Reason.NOT_COSE, "the text decodes to something else than a COSE_Sign1");
    }
    return withoutCwtTag(decoded.get());
  }

  private static String unquoted(String text) {
    char first = text.charAt(0);
    boolean quoted =
        text.length() > 1
            && (first == '"' || first == '\'')
            && text.charAt(text.length() - 1) == first;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Hex before Base64: a COSE_Sign1 in Base64 begins with a letter that no hex text has. */
  private static Optional<byte[]> decode(String text) {
    String compact = text.replaceAll("[ \\t\\r\\n]", "");
    Matcher hex = HEX.matcher(compact);
    try {
      if (hex.matches()) {
        return Optional.of(HexFormat.of().parseHex(hex.group(1)));
      }
      if (BASE64.matcher(compact).matches()) {
        return Optional.of(Base64.getDecoder().decode(compact));
      }
      if (BASE64URL.matcher(compact).matches()) {
        return Optional.of(Base64.getUrlDecoder().decode(compact));
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) { // a length that the encoding cannot have
      return Optional.empty();
    }
  }

  private static byte[] json(byte[] input) throws AttestationFormException {
    Set<Bytes> found = new LinkedHashSet<>();
    try {
      collect(JsonValue.read(input), found);
    } catch (JsonException e) {
      throw new AttestationFormException(
          Reason.JSON_MALFORMED, "not strict JSON: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new AttestationFormException(
          Reason.JSON_WITHOUT_DOCUMENT, "no member of the JSON holds an attestation document");
    }
    if (found.size() > 1) {
      throw new AttestationFormException(
          Reason.JSON_AMBIGUOUS, "the JSON holds " + found.size() + " attestation documents");
    }
    return found.iterator().next().toByteArray();
  }

  private static void collect(JsonValue value, Set<Bytes> found) {
    if (value instanceof JsonObject object) {
      object.members().values().forEach(member -> collect(member, found));
    } else if (value instanceof JsonString string) {
      decode(string.text()).ifPresent(bytes -> add(bytes, found));
    } else if (value instanceof JsonArray array) {
      Optional<byte[]> bytes = bytes(array);
      bytes.ifPresent(b -> add(b, found));
      if (bytes.isEmpty()) {
        array.values().forEach(item -> collect(item, found));
      }
    }
  }

  private static void add(byte[] bytes, Set<Bytes> found) {
    if (isCose(bytes)) {
      found.add(Bytes.of(withoutCwtTag(bytes)));
    }
  }

  private static Optional<byte[]> bytes(JsonArray array) {
    byte[] bytes = new byte[array.values().size()];
    for (int i = 0; i < bytes.length; i++) {
      OptionalLong value =
          array.values().get(i) instanceof JsonNumber number
              ? number.exactInteger()
              : OptionalLong.empty();
      if (value.isEmpty() || value.getAsLong() < 0 || value.getAsLong() > 0xFF) {
        return Optional.empty();
      }
      bytes[i] = (byte) value.getAsLong();
    }
    return Optional.of(bytes);
  }

  /** Whether the bytes begin as COSE_Sign1 does: an array whose first item is a byte string. */
  private static boolean isCose(byte[] bytes) {
    int at = beginsWith(bytes, 0xD8, 0x3D) ? TAG_CWT.length : 0;
    if (at < bytes.length && (bytes[at] & 0xFF) == 0xD2) {
      at++;
    }
    return at + 1 < bytes.length
        && ((bytes[at] & 0xFF) == 0x84 || (bytes[at] & 0xFF) == 0x9F)
        && (bytes[at + 1] & 0xFF) >>> 5 == 2;
  }

  /** RFC 8392 section 6: tag 61 stands before a COSE tag, and says nothing that is signed. */
  private static byte[] withoutCwtTag(byte[] bytes) {
    return beginsWith(bytes, 0xD8, 0x3D, 0xD2)
        ? Arrays.copyOfRange(bytes, TAG_CWT.length, bytes.length)
        : bytes.clone();
  }

  private static boolean beginsWith(byte[] bytes, int... beginning) {
    for (int i = 0; i < beginning.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}
