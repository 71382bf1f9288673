package dev.occ.json;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * The JSON Canonicalization Scheme (JCS, RFC 8785): the bytes that are signed and hashed (spec 2).
 *
 * <p>Members are sorted by the UTF-16 code units of their names at every level, there is no white
 * space, strings and numbers are written as ECMAScript's {@code JSON.stringify} does, in UTF-8.
 * Values that are equal but for the spelling of numbers and the order of members give the same
 * bytes.
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
}
