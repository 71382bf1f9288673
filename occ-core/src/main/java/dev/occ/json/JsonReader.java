package dev.occ.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/** Builds the tree of a strict document (spec 1) from Jackson's token stream. */
final class JsonReader {
  /**
   * The longest name, in bytes, that {@link #BYTES} reads. It keeps up to 6000 names between
   * documents, which this makes a few megabytes at most.
   */
  private static final int MAX_KEPT_NAME = 256;

  /** Reads bytes where they are; what it refuses is read again. */
  private static final JsonFactory BYTES =
      factory(MAX_KEPT_NAME).disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES).build();

  /**
   * Reads characters, with names of any length, and leaves half a surrogate pair in them for us to
   * find. Keeps nothing.
   */
  private static final JsonFactory CHARACTERS =
      factory(JsonLimits.LARGEST_MAX_BYTES)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .build();

  /** A zero among as many bytes makes Jackson try UTF-16 or UTF-32. */
  private static final int DETECTION_BYTES = 2;

  private final byte[] utf8;
  private final JsonParser parser;
  private final JsonLimits limits;

  private JsonReader(byte[] utf8, JsonParser parser, JsonLimits limits) {
    this.utf8 = utf8;
    this.parser = parser;
    this.limits = limits;
  }

  private static JsonFactoryBuilder factory(int maxNameLength) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(JsonLimits.LARGEST_MAX_BYTES)
                .maxStringLength(JsonLimits.LARGEST_MAX_BYTES)
                .maxNameLength(maxNameLength)
                .maxNumberLength(JsonNumber.MAX_LITERAL_LENGTH)
                .maxNestingDepth(JsonLimits.LARGEST_MAX_DEPTH + 1)
                .build());
  }

  static JsonValue read(byte[] utf8, JsonLimits limits) throws JsonException {
    if (utf8.length > limits.maxBytes()) {
      throw new JsonException(
          JsonException.Reason.TOO_LARGE, "", "is longer than " + limits.maxBytes() + " bytes");
    }
    requireUtf8(utf8);
    try (JsonParser parser = BYTES.createParser(ObjectReadContext.empty(), utf8)) {
      return new JsonReader(utf8, parser, limits).document();
    } catch (JacksonException e) {
      return readAgain(utf8, limits);
    }
  }

  /** What Jackson's parser of bytes refused, which may be the limit of its names. */
  private static JsonValue readAgain(byte[] utf8, JsonLimits limits) throws JsonException {
    try (JsonParser parser = CHARACTERS.createParser(ObjectReadContext.empty(), utf8)) {
      JsonReader reader = new JsonReader(utf8, parser, limits);
      try {
        return reader.document();
      } catch (JacksonException e) {
        throw reader.refused(e);
      }
    }
  }

  /** Jackson passes overlong forms, encoded surrogates, a mark, and other encodings. */
  private static void requireUtf8(byte[] utf8) throws JsonException {
    if (!StrictUtf8.isValid(utf8)) {
      throw new JsonException(JsonException.Reason.INVALID_UTF8, "", "is not UTF-8");
    }
    if (StrictUtf8.startsWithByteOrderMark(utf8)) {
      throw new JsonException(
          JsonException.Reason.INVALID_UTF8, "", "starts with a byte order mark");
    }
    for (int i = 0; i < Math.min(DETECTION_BYTES, utf8.length); i++) {
      if (utf8[i] == 0) {
        throw new JsonException(JsonException.Reason.MALFORMED, "", "begins with a zero byte");
      }
    }
  }

  private JsonValue document() throws JsonException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new JsonException(JsonException.Reason.MALFORMED, "", "is empty");
    }
    JsonValue value = value(first, 1);
    requireEnd();
    return value;
  }

  private void requireEnd() throws JsonException {
    JsonToken next;
    try {
      next = parser.nextToken();
    } catch (JacksonException e) {
      throw new JsonException(
          JsonException.Reason.TRAILING_CONTENT, "", "is followed by something else", e);
    }
    if (next != null) {
      throw new JsonException(
          JsonException.Reason.TRAILING_CONTENT, "", "is followed by something else");
    }
  }

  private JsonValue value(JsonToken token, int depth) throws JsonException {
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> new JsonString(string());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      default -> throw refused(JsonException.Reason.MALFORMED, "is not a JSON value");
    };
  }

  /**
   * A string's text, straight from the document where it stands there as ASCII without escapes: an
   * attestation report is most of its proof, and is copied once.
   */
  private String string() throws JsonException {
    long quote = parser.currentTokenLocation().getByteOffset();
    if (quote >= 0) { // the parser of characters does not know
      int start = (int) quote + 1;
      int end = start;
      while (end < utf8.length && standsForItself(utf8[end])) {
        end++;
      }
      if (end < utf8.length && utf8[end] == '"') {
        return new String(utf8, start, end - start, StandardCharsets.US_ASCII);
      }
    }
    return wellFormed(parser.getString());
  }

  /** ASCII, and no quote, escape or control character. */
  private static boolean standsForItself(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  private JsonObject object(int depth) throws JsonException {
    requireDepth(depth);
    LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
    for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
      String name = wellFormed(parser.currentName());
      if (members.containsKey(name)) {
        throw refused(JsonException.Reason.DUPLICATE_MEMBER, "occurs twice");
      }
      members.put(name, value(next(), depth + 1));
    }
    return JsonObject.takingOver(members);
  }

  private JsonArray array(int depth) throws JsonException {
    requireDepth(depth);
    List<JsonValue> values = new ArrayList<>();
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      values.add(value(token, depth + 1));
    }
    return new JsonArray(values);
  }

  private JsonToken next() throws JsonException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw refused(JsonException.Reason.MALFORMED, "ends too early");
    }
    return token;
  }

  private JsonNumber number(String literal) throws JsonException {
    if (literal.length() > JsonNumber.MAX_LITERAL_LENGTH) {
      // Jackson's own limit counts digits, not signs, point and exponent mark.
      throw refused(
          JsonException.Reason.TOO_LARGE,
          "is longer than " + JsonNumber.MAX_LITERAL_LENGTH + " characters");
    }
    if (!Double.isFinite(Double.parseDouble(literal))) {
      throw refused(JsonException.Reason.NUMBER_OUT_OF_RANGE, "is beyond the range of a double");
    }
    return new JsonNumber(literal);
  }

  private void requireDepth(int depth) throws JsonException {
    if (depth > limits.maxDepth()) {
      throw refused(JsonException.Reason.TOO_DEEP, "is nested deeper than " + limits.maxDepth());
    }
  }

  private String wellFormed(String text) throws JsonException {
    if (!Unicode.isWellFormed(text)) {
      throw refused(JsonException.Reason.LONE_SURROGATE, "holds a lone surrogate");
    }
    return text;
  }

  private JsonException refused(JacksonException cause) {
    if (cause instanceof StreamConstraintsException) {
      return new JsonException(JsonException.Reason.TOO_LARGE, pointer(), "exceeds a limit", cause);
    }
    return new JsonException(
        JsonException.Reason.MALFORMED,
        pointer(),
        "is not JSON: " + cause.getOriginalMessage(),
        cause);
  }

  private JsonException refused(JsonException.Reason reason, String problem) {
    return new JsonException(reason, pointer(), problem);
  }

  private String pointer() {
    return parser.streamReadContext().pathAsPointer().toString();
  }
}
