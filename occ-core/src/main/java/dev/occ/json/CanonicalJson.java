package dev.occ.json;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Canonical JSON: the bytes that are signed and hashed (spec 2).
 *
 * <p>It is the JSON Canonicalization Scheme (JCS, RFC 8785) with one difference: names that are
 * array indices come first, in numeric order, at every level; the other names follow by UTF-16 code
 * unit. There is no white space, and strings and numbers are written as ECMAScript's {@code
 * JSON.stringify} does, in UTF-8. Values that differ only in the spelling of numbers and the order
 * of members give the same bytes. For values without array indices as names the bytes are those of
 * JCS.
 */
@CheckReturnValue
public final class CanonicalJson {
  /** How deep a value built by a program may nest; documents that were read nest less (spec 1). */
  public static final int MAX_DEPTH = 512;

  private CanonicalJson() {}

  /**
   * The canonical form of a value.
   *
   * @param value what was read, or what was built
   * @return its canonical bytes, a fresh array
   * @throws IllegalArgumentException if the value nests deeper than {@value #MAX_DEPTH}
   */
  public static byte[] encode(JsonValue value) {
    return new JsonEncoder(JsonEncoder.Style.CANONICAL).encode(value);
  }

  /**
   * The value with every number in its canonical form, for output to people: two literals that one
   * signature covers, such as {@code 1e2} and {@code 100} or two that one double stands for, look
   * the same. Members keep their order.
   *
   * @param value what was read, or what was built
   * @return an equal value but for the spelling of numbers
   * @throws IllegalArgumentException if the value nests deeper than {@value #MAX_DEPTH}
   */
  public static JsonValue withCanonicalNumbers(JsonValue value) {
    return withCanonicalNumbers(value, 0);
  }

  private static JsonValue withCanonicalNumbers(JsonValue value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
    }
    if (value instanceof JsonNumber number) {
      return new JsonNumber(EcmaScriptNumber.toString(number.doubleValue()));
    }
    if (value instanceof JsonArray array) {
      return new JsonArray(
          array.values().stream().map(e -> withCanonicalNumbers(e, depth + 1)).toList());
    }
    if (value instanceof JsonObject object) {
      JsonObject.Builder canonical = JsonObject.builder();
      object
          .members()
          .forEach((name, member) -> canonical.put(name, withCanonicalNumbers(member, depth + 1)));
      return canonical.build();
    }
    return value;
  }

  /**
   * Whether a member's name is an array index, whose place in canonical JSON differs from that in
   * JCS. Signers refuse such names in what callers give (spec 2).
   *
   * @param name a member's name
   * @return whether it is the decimal text of 0 to 4294967294 without leading zeros
   */
  public static boolean isArrayIndex(String name) {
    return MemberOrder.isArrayIndex(name);
  }
}
