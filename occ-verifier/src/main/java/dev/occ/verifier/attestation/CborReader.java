package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CBOR_DUPLICATE_KEY;
import static dev.occ.verifier.attestation.AttestationRejection.CBOR_MALFORMED;

import dev.occ.proof.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Reads one CBOR item (RFC 8949) with Jackson, after {@link CborProfile} has approved it. */
final class CborReader {
  private static final int MAJOR_TEXT = 3;

  /**
   * Jackson's duplicate detection stays off: it compares the texts of keys, so it takes 0 and "0"
   * for one key, and it reports with the same exception as any error. {@link #map()} does it.
   * Neither a symbol table nor buffers are shared between documents.
   */
  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(CborProfile.MAX_DEPTH).build())
          .build();

  private final byte[] input;
  private final JsonParser parser;

  private CborReader(byte[] input, JsonParser parser) {
    this.input = input;
    this.parser = parser;
  }

  /** Reads input that is exactly one item. */
  static CborValue read(byte[] input) throws AttestationException {
    CborProfile.check(input);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), input)) {
      return new CborReader(input, parser).value(parser.nextToken());
    } catch (JacksonException e) {
      throw new AttestationException(CBOR_MALFORMED, "the CBOR cannot be read", e);
    }
  }

  private CborValue value(JsonToken token) throws AttestationException {
    return switch (token) {
      case START_ARRAY -> array();
      case START_OBJECT -> map();
      case VALUE_EMBEDDED_OBJECT -> new CborValue.ByteString(Bytes.of(parser.getBinaryValue()));
      case VALUE_STRING -> new CborValue.Text(parser.getString());
      case VALUE_NUMBER_INT -> new CborValue.Int(parser.getLongValue());
      case VALUE_TRUE -> new CborValue.Bool(true);
      case VALUE_FALSE -> new CborValue.Bool(false);
      case VALUE_NULL -> new CborValue.Null();
      default ->
          throw new AttestationException(CBOR_MALFORMED, "unexpected CBOR token " + token.name());
    };
  }

  private CborValue array() throws AttestationException {
    List<CborValue> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(value(t));
    }
    return new CborValue.Array(items);
  }

  private CborValue map() throws AttestationException {
    Map<CborValue, CborValue> entries = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      CborValue key = key();
      CborValue value = value(parser.nextToken());
      if (entries.putIfAbsent(key, value) != null) {
        throw new AttestationException(CBOR_DUPLICATE_KEY, "a CBOR map has one key twice");
      }
    }
    return new CborValue.Mapping(entries);
  }

  /** Jackson gives every key as text; which kind it was stands in the key's head. */
  private CborValue key() {
    int head = input[(int) parser.currentTokenLocation().getByteOffset()] & 0xFF;
    String name = parser.currentName();
    return head >>> 5 == MAJOR_TEXT
        ? new CborValue.Text(name)
        : new CborValue.Int(Long.parseLong(name));
  }
}
