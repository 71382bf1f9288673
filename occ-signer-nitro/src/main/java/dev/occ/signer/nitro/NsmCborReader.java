package dev.occ.signer.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * Reads strict CBOR (RFC 8949) of an expected shape: no duplicate keys, no trailing bytes, no tag
 * that was not asked for, bounded depth, and a stated limit for every value. Jackson parses; this
 * class says what is acceptable.
 *
 * <p>Jackson gives integer map keys as their decimal text, so {@code 0} and {@code "0"} are one key
 * here, and a map with both is refused as a duplicate.
 */
@CheckReturnValue
final class NsmCborReader {
  private static final int MAX_DEPTH = 16;
  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(NsmDevice.MAX_RESPONSE_LENGTH)
                  .maxNameLength(256)
                  .build())
          .build();

  private final CBORParser parser;

  private NsmCborReader(CBORParser parser) {
    this.parser = parser;
  }

  /** What a whole document means. */
  interface Decoder<T> {
    T decode(NsmCborReader reader) throws CborException;
  }

  /** Takes one member of a map, reading exactly its value. */
  interface MemberReader {
    void read(String name) throws CborException;
  }

  /** Reads one document, which must fill the bytes exactly. */
  static <T> T decode(byte[] document, Decoder<T> decoder) throws CborException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
      NsmCborReader reader = new NsmCborReader((CBORParser) parser);
      T result = decoder.decode(reader);
      if (parser.nextToken() != null) {
        throw new CborException("something follows the value");
      }
      return result;
    } catch (JacksonException e) {
      throw new CborException("not well-formed CBOR: " + e.getOriginalMessage(), e);
    }
  }

  /** Reads a map; the reader is called for each member in order. */
  void map(MemberReader members) throws CborException {
    expect(JsonToken.START_OBJECT, "a map");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      members.read(parser.currentName());
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new CborException("a map is not complete");
    }
  }

  /** Starts an array, untagged or with one optional tag. */
  void startArray(int optionalTag) throws CborException {
    JsonToken token = parser.nextToken();
    boolean tagged = !parser.getCurrentTags().isEmpty();
    boolean allowed = parser.getCurrentTags().size() == 1 && parser.getCurrentTag() == optionalTag;
    if (token != JsonToken.START_ARRAY || (tagged && !allowed)) {
      throw new CborException("expected an array");
    }
  }

  /** Starts an array without a tag. */
  void startArray() throws CborException {
    expect(JsonToken.START_ARRAY, "an array");
  }

  /** Ends an array: nothing may be left in it. */
  void endArray() throws CborException {
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw new CborException("an array has too many items");
    }
  }

  /** The next item of an array of integers, or empty at its end. */
  Optional<Integer> nextUnsigned(int max) throws CborException {
    JsonToken token = parser.nextToken();
    return token == JsonToken.END_ARRAY ? Optional.empty() : Optional.of(unsigned(token, max));
  }

  int unsigned(int max) throws CborException {
    return unsigned(parser.nextToken(), max);
  }

  private int unsigned(JsonToken token, int max) throws CborException {
    requireToken(token, JsonToken.VALUE_NUMBER_INT, "an integer");
    long value = parser.getLongValue();
    if (value < 0 || value > max) {
      throw new CborException("an integer is out of range");
    }
    return (int) value;
  }

  boolean bool() throws CborException {
    JsonToken token = parser.nextToken();
    if ((token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) || isTagged()) {
      throw new CborException("expected a boolean");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  /** Text of 1 to a number of UTF-16 code units. */
  String text(int maxLength) throws CborException {
    expect(JsonToken.VALUE_STRING, "text");
    String value = parser.getString();
    if (value.isEmpty() || value.length() > maxLength) {
      throw new CborException("a text has a length that is not allowed");
    }
    return value;
  }

  /** A byte string of a length between two limits, both included. */
  byte[] bytes(int minLength, int maxLength) throws CborException {
    return bytes(parser.nextToken(), minLength, maxLength);
  }

  /** A byte string, or empty where the value is null. */
  Optional<byte[]> bytesOrNull(int maxLength) throws CborException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL && !isTagged()) {
      return Optional.empty();
    }
    return Optional.of(bytes(token, 0, maxLength));
  }

  private byte[] bytes(JsonToken token, int minLength, int maxLength) throws CborException {
    requireToken(token, JsonToken.VALUE_EMBEDDED_OBJECT, "a byte string");
    if (!(parser.getEmbeddedObject() instanceof byte[] value)) {
      throw new CborException("expected a byte string");
    }
    if (value.length < minLength || value.length > maxLength) {
      throw new CborException("a byte string has a length that is not allowed");
    }
    return value;
  }

  /** Passes over one value of any shape; it must be well-formed all the same. */
  void skip() throws CborException {
    if (parser.nextToken() == null) {
      throw new CborException("a value is missing");
    }
    parser.skipChildren();
    parser.finishToken();
  }

  /** Text, or empty where a map starts instead. */
  Optional<String> textOrStartOfMap(int maxLength) throws CborException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT && !isTagged()) {
      return Optional.empty();
    }
    requireToken(token, JsonToken.VALUE_STRING, "a map or text");
    String value = parser.getString();
    if (value.length() > maxLength) {
      throw new CborException("a text has a length that is not allowed");
    }
    return Optional.of(value);
  }

  /** Starts a map, to be read with {@link #singleMember} and {@link #endMap}. */
  void startMap() throws CborException {
    expect(JsonToken.START_OBJECT, "a map");
  }

  /** Inside a map that was started: the name of its one member. */
  String singleMember() throws CborException {
    if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
      throw new CborException("expected a map with one member");
    }
    return parser.currentName();
  }

  /** Ends a map: no member may be left in it. */
  void endMap() throws CborException {
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw new CborException("a map has too many members");
    }
  }

  private void expect(JsonToken expected, String what) throws CborException {
    requireToken(parser.nextToken(), expected, what);
  }

  private void requireToken(JsonToken token, JsonToken expected, String what) throws CborException {
    if (token != expected || isTagged()) {
      throw new CborException("expected " + what);
    }
  }

  private boolean isTagged() {
    return !parser.getCurrentTags().isEmpty();
  }
}
