package dev.occ.programs.eif;

import dev.occ.programs.eif.EifException.Reason;
import dev.occ.proof.Bytes;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * The CBOR of the signature section. It has one shape and AWS's tools give it one encoding, in
 * which strings of bytes are arrays of small numbers, except within the COSE_Sign1.
 *
 * <p>Jackson reads leniently; so what was read is written again, and only input of exactly those
 * bytes is taken.
 */
final class SignatureCbor {
  private static final String CERTIFICATE = "signing_certificate";
  private static final String SIGNATURE = "signature";
  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .build();

  /** A certificate and a serialized COSE_Sign1. */
  record Pair(Bytes certificate, Bytes signature) {}

  /** A COSE_Sign1 (RFC 9052 section 4.2) without unprotected headers, untagged. */
  record Sign1(Bytes protectedHeader, Bytes payload, Bytes signature) {
    /** The Sig_structure (RFC 9052 section 4.4). */
    Bytes toBeSigned() {
      return write(
          out -> {
            out.writeStartArray(null, 4);
            out.writeString("Signature1");
            out.writeBinary(protectedHeader.toByteArray());
            out.writeBinary(new byte[0]); // no external data;
            out.writeBinary(payload.toByteArray());
            out.writeEndArray();
          });
    }
  }

  private interface Items {
    void writeTo(JsonGenerator out);
  }

  private SignatureCbor() {}

  static Pair readSection(Bytes section) throws EifException {
    Pair pair;
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), section.toByteArray())) {
      expect(in, JsonToken.START_ARRAY);
      expect(in, JsonToken.START_OBJECT);
      expect(in, JsonToken.PROPERTY_NAME);
      Bytes certificate = numbers(in);
      expect(in, JsonToken.PROPERTY_NAME);
      pair = new Pair(certificate, numbers(in));
    } catch (JacksonException e) {
      throw malformed(e);
    }
    requireSame(section, section(pair));
    return pair;
  }

  static Sign1 readSign1(Bytes document) throws EifException {
    Sign1 sign1;
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), document.toByteArray())) {
      expect(in, JsonToken.START_ARRAY);
      Bytes header = bytes(in);
      expect(in, JsonToken.START_OBJECT);
      expect(in, JsonToken.END_OBJECT);
      Bytes payload = bytes(in);
      sign1 = new Sign1(header, payload, bytes(in));
    } catch (JacksonException e) {
      throw malformed(e);
    }
    requireSame(document, sign1(sign1));
    return sign1;
  }

  /** The section for one pair. */
  static Bytes section(Pair pair) {
    return write(
        out -> {
          out.writeStartArray(null, 1);
          out.writeStartObject(null, 2);
          out.writeName(CERTIFICATE);
          writeNumbers(out, pair.certificate());
          out.writeName(SIGNATURE);
          writeNumbers(out, pair.signature());
          out.writeEndObject();
          out.writeEndArray();
        });
  }

  /** The serialized COSE_Sign1. */
  static Bytes sign1(Sign1 sign1) {
    return write(
        out -> {
          out.writeStartArray(null, 4);
          out.writeBinary(sign1.protectedHeader().toByteArray());
          out.writeStartObject(null, 0);
          out.writeEndObject();
          out.writeBinary(sign1.payload().toByteArray());
          out.writeBinary(sign1.signature().toByteArray());
          out.writeEndArray();
        });
  }

  /** What is signed for an image with this PCR0. */
  static Bytes payload(Bytes pcr0) {
    return write(
        out -> {
          out.writeStartObject(null, 2);
          out.writeName("register_index");
          out.writeNumber(0);
          out.writeName("register_value");
          writeNumbers(out, pcr0);
          out.writeEndObject();
        });
  }

  /** The map of the one label 1, the algorithm. */
  static Bytes protectedHeader(int algorithm) {
    return write(
        out -> {
          out.writeStartObject(null, 1);
          out.writePropertyId(1);
          out.writeNumber(algorithm);
          out.writeEndObject();
        });
  }

  private static void writeNumbers(JsonGenerator out, Bytes bytes) {
    out.writeStartArray(null, bytes.size());
    for (byte b : bytes.toByteArray()) {
      out.writeNumber(b & 0xFF);
    }
    out.writeEndArray();
  }

  private static Bytes numbers(JsonParser in) throws EifException {
    expect(in, JsonToken.START_ARRAY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
      if (t != JsonToken.VALUE_NUMBER_INT) {
        throw malformed(null);
      }
      bytes.write(in.getIntValue());
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static Bytes bytes(JsonParser in) throws EifException {
    expect(in, JsonToken.VALUE_EMBEDDED_OBJECT);
    byte[] bytes = in.getBinaryValue();
    if (bytes == null) { // the value "undefined", which Jackson gives as an object too
      throw malformed(null);
    }
    return Bytes.of(bytes);
  }

  private static void expect(JsonParser in, JsonToken token) throws EifException {
    if (in.nextToken() != token) {
      throw malformed(null);
    }
  }

  private static Bytes write(Items items) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      items.writeTo(out);
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static void requireSame(Bytes read, Bytes written) throws EifException {
    if (!read.equals(written)) {
      throw malformed(null);
    }
  }

  private static EifException malformed(@Nullable Exception cause) {
    return new EifException(
        Reason.SIGNATURE_MALFORMED,
        "the signature section does not hold one certificate and one COSE_Sign1",
        cause);
  }
}
