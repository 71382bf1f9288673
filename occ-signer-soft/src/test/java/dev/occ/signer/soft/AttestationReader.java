package dev.occ.signer.soft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Reads CBOR with Jackson, so that this module's encoder does not vouch for itself. */
final class AttestationReader {
  private static final CBORFactory FACTORY =
      CBORFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Stands for the item {@code null}. */
  static final Object NULL = Optional.empty();

  private AttestationReader() {}

  /** The elements of a COSE_Sign1: protected header, unprotected header, payload, signature. */
  static List<?> message(byte[] document) {
    return (List<?>) decode(document);
  }

  /** The payload of a COSE_Sign1. */
  static Map<?, ?> payload(byte[] document) {
    return (Map<?, ?>) decode((byte[]) message(document).get(2));
  }

  /** A field of the payload; it must be there. */
  static Object field(byte[] document, String name) {
    return Objects.requireNonNull(payload(document).get(name), name);
  }

  /** A byte string of the payload. */
  static byte[] bytes(byte[] document, String name) {
    return (byte[]) field(document, name);
  }

  /** The registers of the payload, by their numbers in decimal. */
  static Map<?, ?> pcrs(byte[] document) {
    return (Map<?, ?>) field(document, "pcrs");
  }

  /** The CA certificates of the payload. */
  static List<byte[]> cabundle(byte[] document) {
    return ((List<?>) field(document, "cabundle")).stream().map(c -> (byte[]) c).toList();
  }

  /**
   * One item and nothing after it, as lists, maps by text, byte arrays, numbers, text and {@link
   * #NULL}.
   */
  static Object decode(byte[] item) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), item)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalStateException("something follows the item");
      }
      return value;
    }
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case START_OBJECT -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          entries.put(name, value(parser));
        }
        yield entries;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
      case VALUE_NULL -> NULL;
      default -> throw new IllegalStateException("unexpected " + parser.currentToken());
    };
  }
}
