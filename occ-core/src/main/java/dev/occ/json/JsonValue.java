package dev.occ.json;

import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.charset.StandardCharsets;

/**
 * An immutable JSON value (RFC 8259), as read from a strict document or built by a program.
 *
 * <p>What was read is kept: members in their order, numbers as they were written. Two values are
 * equal when they have the same type and content; the order of members does not matter, the
 * spelling of a number does.
 */
@CheckReturnValue
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /**
   * Reads a document with the default limits.
   *
   * @param utf8 the whole document
   * @return its value
   * @throws JsonException if the document breaks a rule of spec 1
   */
  static JsonValue read(byte[] utf8) throws JsonException {
    return read(utf8, JsonLimits.DEFAULT);
  }

  /**
   * Reads a document: UTF-8 without byte order mark, no duplicate names, no lone surrogates
   * (escaped or not), only finite numbers, nothing after the value (spec 1).
   *
   * @param utf8 the whole document
   * @param limits how large and how deep it may be
   * @return its value
   * @throws JsonException if the document breaks one of these rules or exceeds a limit
   */
  static JsonValue read(byte[] utf8, JsonLimits limits) throws JsonException {
    return JsonReader.read(utf8, limits);
  }

  /**
   * The value as a compact document: members in their order, numbers as they were written.
   *
   * @return UTF-8 that reads back to an equal value
   */
  default byte[] toBytes() {
    return new JsonEncoder(JsonEncoder.Style.COMPACT).encode(this);
  }

  /**
   * The value as a document for people: one member a line, indented by two spaces, with a newline
   * at the end.
   *
   * @return UTF-8 that reads back to an equal value
   */
  default byte[] toPrettyBytes() {
    return new JsonEncoder(JsonEncoder.Style.PRETTY).encode(this);
  }

  /**
   * The value as compact text, as {@link #toBytes()} writes it.
   *
   * @return JSON text
   */
  default String toJson() {
    return new String(toBytes(), StandardCharsets.UTF_8);
  }
}
