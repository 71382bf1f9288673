package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any input whatever: a value comes back, and only what was signed is trusted. */
final class AttestationPropertiesTest {
  private static final TestDocument DOCUMENT = new TestDocument();
  private static final byte[] GOOD = DOCUMENT.build();
  private static final byte[][] CERTIFICATES = DOCUMENT.ders();
  private static final Bytes PAYLOAD = Bytes.of(DOCUMENT.payload());

  private final AttestationVerifier verifier =
      AttestationVerifier.builder().root(Bytes.of(CERTIFICATES[0])).allowDebugEnclave().build();

  @Property(tries = 2000)
  void verify_anyBytes_givesRefusal(@ForAll @Size(max = 300) byte[] input) {
    assertThat(verifier.verify(input)).isInstanceOf(AttestationResult.Rejected.class);
  }

  @Property(tries = 2000)
  void verify_anyBytesAsPayload_givesRefusal(@ForAll @Size(max = 300) byte[] payload) {
    byte[] document = DOCUMENT.assemble(payload, new byte[96]);

    assertThat(verifier.verify(document)).isInstanceOf(AttestationResult.Rejected.class);
  }

  @Property(tries = 500)
  void verify_anyBytesAsLeaf_givesRefusal(@ForAll @Size(min = 1, max = 300) byte[] leaf) {
    byte[][] ders = CERTIFICATES.clone();
    ders[4] = leaf;
    DOCUMENT.putCertificates(ders);

    assertThat(verifier.verify(DOCUMENT.assemble(DOCUMENT.payload(), new byte[96])))
        .isInstanceOf(AttestationResult.Rejected.class);
  }

  /** Bytes cut out, put in and overwritten anywhere in a good document. */
  @Property(tries = 3000)
  void verify_splicedDocument_isTrustedForSignedPayloadOnly(
      @ForAll @IntRange(max = 4000) int from,
      @ForAll @IntRange(max = 40) int cut,
      @ForAll @Size(max = 40) byte[] insert) {
    int start = Math.min(from, GOOD.length);
    int end = Math.min(start + cut, GOOD.length);
    byte[] spliced =
        Cbor.join(Arrays.copyOf(GOOD, start), insert, Arrays.copyOfRange(GOOD, end, GOOD.length));

    if (verifier.verify(spliced) instanceof Trusted) {
      assertThat(payload(spliced)).isEqualTo(PAYLOAD);
    }
  }

  @Property(tries = 1000)
  void read_anyValueOfTheProfile_isExact(@ForAll("values") CborValue value) throws Exception {
    assertThat(CborReader.read(encode(value, false))).isEqualTo(value);
    assertThat(CborReader.read(encode(value, true))).isEqualTo(value);
  }

  @Provide
  Arbitrary<CborValue> values() {
    return values(3);
  }

  private static Arbitrary<CborValue> values(int depth) {
    Arbitrary<CborValue> integer = Arbitraries.longs().map(CborValue.Int::new);
    Arbitrary<CborValue> text =
        Arbitraries.strings()
            .ofMaxLength(30)
            .filter(s -> s.codePoints().noneMatch(AttestationPropertiesTest::isSurrogate))
            .map(CborValue.Text::new);
    Arbitrary<CborValue> bytes =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(300)
            .map(b -> new CborValue.ByteString(Bytes.of(b)));
    Arbitrary<CborValue> simple =
        Arbitraries.of(new CborValue.Bool(true), new CborValue.Bool(false), new CborValue.Null());
    if (depth == 0) {
      return Arbitraries.oneOf(integer, text, bytes, simple);
    }
    Arbitrary<CborValue> array = values(depth - 1).list().ofMaxSize(5).map(CborValue.Array::new);
    Arbitrary<CborValue> map =
        Arbitraries.maps(Arbitraries.oneOf(integer, text), values(depth - 1))
            .ofMaxSize(5)
            .map(CborValue.Mapping::new);
    return Arbitraries.oneOf(integer, text, bytes, simple, array, map);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static byte[] encode(CborValue value, boolean indefinite) {
    if (value instanceof CborValue.Int integer) {
      return Cbor.integer(integer.value());
    } else if (value instanceof CborValue.Text text) {
      return Cbor.text(text.value());
    } else if (value instanceof CborValue.ByteString bytes) {
      return Cbor.bytes(bytes.value().toByteArray());
    } else if (value instanceof CborValue.Bool bool) {
      return Cbor.hex(bool.value() ? "f5" : "f4");
    } else if (value instanceof CborValue.Array array) {
      return container(4, array.items(), array.items().size(), indefinite);
    } else if (value instanceof CborValue.Mapping map) {
      List<CborValue> flat =
          map.entries().entrySet().stream()
              .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
              .toList();
      return container(5, flat, map.entries().size(), indefinite);
    }
    return Cbor.NULL;
  }

  private static byte[] container(int major, List<CborValue> items, int count, boolean indefinite) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(indefinite ? new byte[] {(byte) (major << 5 | 31)} : Cbor.head(major, count));
    items.forEach(item -> out.writeBytes(encode(item, indefinite)));
    if (indefinite) {
      out.write(0xFF);
    }
    return out.toByteArray();
  }

  private static Bytes payload(byte[] document) {
    try {
      return CoseSign1.read(document).payload();
    } catch (AttestationException e) {
      throw new IllegalArgumentException("not a document", e);
    }
  }
}
