package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Cbor.array;
import static dev.occ.verifier.attestation.Cbor.bytes;
import static dev.occ.verifier.attestation.Cbor.hex;
import static dev.occ.verifier.attestation.Cbor.integer;
import static dev.occ.verifier.attestation.Cbor.join;
import static dev.occ.verifier.attestation.Cbor.text;

import java.util.Arrays;
import java.util.List;

/** Documents that are wrong as CBOR or as a COSE_Sign1. */
final class CoseFaults {
  private CoseFaults() {}

  static List<Fault> all() {
    byte[] good = new TestDocument().build();
    byte[] payload = new TestDocument().payload();
    byte[] signature = new TestDocument().sign(payload);
    return List.of(
        fault("32 KiB and a byte", "DOCUMENT_TOO_LARGE", new byte[32 * 1024 + 1]),
        fault("no byte", "CBOR_MALFORMED", new byte[0]),
        fault("only a tag", "CBOR_MALFORMED", hex("d2")),
        fault("last byte missing", "CBOR_MALFORMED", Arrays.copyOf(good, good.length - 1)),
        fault("length beyond the input", "CBOR_MALFORMED", hex("845a7fffffff00")),
        fault("length of 2^63", "CBOR_MALFORMED", hex("5b8000000000000000")),
        fault("more entries than bytes", "CBOR_MALFORMED", hex("9b00000000ffffffff")),
        fault("break as a map key", "CBOR_MALFORMED", hex("a1ff00")),
        fault("a byte after the array", "CBOR_TRAILING_BYTES", join(good, hex("00"))),
        fault("a document after it", "CBOR_TRAILING_BYTES", join(good, good)),
        fault("a byte after the payload", "CBOR_TRAILING_BYTES", payload(join(payload, hex("f6")))),
        header("a byte after the protected header", "CBOR_TRAILING_BYTES", "a101382200"),
        fault("seventeen arrays", "CBOR_TOO_DEEP", hex("81".repeat(17) + "00")),
        fault(
            "seventeen maps in the payload",
            "CBOR_TOO_DEEP",
            new TestDocument().member("x", hex("a100".repeat(16) + "00")).build()),
        member(
            "a float for the time", "CBOR_NOT_ALLOWED", "timestamp", hex("fb4278f0000000000000")),
        member("undefined for the nonce", "CBOR_NOT_ALLOWED", "nonce", hex("f7")),
        member("a simple value", "CBOR_NOT_ALLOWED", "nonce", hex("f820")),
        member("a bignum for the time", "CBOR_NOT_ALLOWED", "timestamp", hex("c2420fff")),
        member("a time of 2^63", "CBOR_NOT_ALLOWED", "timestamp", hex("1b8000000000000000")),
        member("user data in chunks", "CBOR_NOT_ALLOWED", "user_data", hex("5f4100ff")),
        member("PCR -2^64", "CBOR_NOT_ALLOWED", "pcrs", pcr("3bffffffffffffffff")),
        member("a PCR by byte string", "CBOR_NOT_ALLOWED", "pcrs", pcr("4130")),
        member("a name in Latin-1", "CBOR_INVALID_UTF8", "module_id", hex("62e941")),
        member("a surrogate in the name", "CBOR_INVALID_UTF8", "module_id", hex("63eda080")),
        member("overlong UTF-8", "CBOR_INVALID_UTF8", "module_id", hex("64f08080af")),
        fault("two module ids", "CBOR_DUPLICATE_KEY", payload(twice(payload))),
        member("PCR 0 twice", "CBOR_DUPLICATE_KEY", "pcrs", join(hex("a2"), pcr0(), pcr0())),
        header("two algorithms", "CBOR_DUPLICATE_KEY", "a2013822013822"),
        header("two encodings of a label", "CBOR_DUPLICATE_KEY", "a201382218013822"),
        fault("tag 17", "COSE_UNEXPECTED_TAG", join(hex("d1"), good)),
        fault("tag 18 twice", "COSE_UNEXPECTED_TAG", join(hex("d2d2"), good)),
        fault("self-described CBOR", "COSE_UNEXPECTED_TAG", join(hex("d9d9f7"), good)),
        fault("a map", "COSE_STRUCTURE", hex("a0")),
        fault("three parts", "COSE_STRUCTURE", array(bytes(hex("a0")), hex("a0"), bytes(payload))),
        fault(
            "five parts",
            "COSE_STRUCTURE",
            array(
                bytes(TestDocument.ES384_HEADER),
                hex("a0"),
                bytes(payload),
                bytes(signature),
                hex("00"))),
        fault(
            "a detached payload",
            "COSE_STRUCTURE",
            array(bytes(TestDocument.ES384_HEADER), hex("a0"), Cbor.NULL, bytes(signature))),
        fault(
            "a protected header outside a byte string",
            "COSE_STRUCTURE",
            array(TestDocument.ES384_HEADER, hex("a0"), bytes(payload), bytes(signature))),
        fault(
            "a signature in text",
            "COSE_STRUCTURE",
            array(bytes(TestDocument.ES384_HEADER), hex("a0"), bytes(payload), text("signature"))),
        header("an array for a header", "COSE_HEADER_INVALID", "80"),
        unprotected("null for a header", "COSE_HEADER_INVALID", "f6"),
        fault(
            "a label in both headers",
            "COSE_HEADER_INVALID",
            new TestDocument()
                .with(d -> d.protectedHeader = hex("a20138220441aa"))
                .with(d -> d.unprotectedHeader = hex("a10441aa"))
                .build()),
        header("no header", "COSE_ALGORITHM_MISSING", ""),
        header("an empty header", "COSE_ALGORITHM_MISSING", "a0"),
        header("the algorithm under the text 1", "COSE_ALGORITHM_MISSING", "a161313822"),
        header("ES256", "COSE_ALGORITHM_UNSUPPORTED", "a10126"),
        header("ES384 as text", "COSE_ALGORITHM_UNSUPPORTED", "a101654553333834"),
        unprotected("ES384 again, unprotected", "COSE_ALGORITHM_UNPROTECTED", "a1013822"),
        fault(
            "ES384 unprotected only",
            "COSE_ALGORITHM_UNPROTECTED",
            new TestDocument()
                .with(d -> d.protectedHeader = hex("a0"))
                .with(d -> d.unprotectedHeader = hex("a1013822"))
                .build()),
        header("a critical label", "COSE_CRITICAL_HEADER", "a3013822028118631863f5"),
        header("an empty crit", "COSE_CRITICAL_HEADER", "a20138220280"),
        unprotected("crit, unprotected", "COSE_CRITICAL_HEADER", "a1028101"),
        signature("95 bytes", "SIGNATURE_LENGTH", Arrays.copyOf(signature, 95)),
        signature("97 bytes", "SIGNATURE_LENGTH", Arrays.copyOf(signature, 97)),
        signature("no byte", "SIGNATURE_LENGTH", new byte[0]),
        signature("all zero", "SIGNATURE_INVALID", new byte[96]),
        signature(
            "of another key",
            "SIGNATURE_INVALID",
            new TestDocument().with(d -> d.signer = TestKey.named("zonal")).sign(payload)),
        fault("an array as payload", "PAYLOAD_STRUCTURE", payload(hex("80"))),
        fault(
            "a payload with integer keys",
            "PAYLOAD_STRUCTURE",
            payload(Cbor.map(integer(1), integer(1)))));
  }

  private static byte[] twice(byte[] payload) {
    byte[] more = join(text("module_id"), text("another"));
    byte[] map = join(payload, more);
    map[0]++;
    return map;
  }

  private static byte[] pcr0() {
    return join(hex("00"), Cbor.zeros(48));
  }

  private static byte[] pcr(String key) {
    return Cbor.map(hex(key), Cbor.zeros(48));
  }

  private static byte[] payload(byte[] payload) {
    return new TestDocument().build(payload);
  }

  private static Fault member(String name, String reason, String member, byte[] value) {
    return fault(name, reason, new TestDocument().member(member, value).build());
  }

  private static Fault header(String name, String reason, String header) {
    return fault(
        name, reason, new TestDocument().with(d -> d.protectedHeader = hex(header)).build());
  }

  private static Fault unprotected(String name, String reason, String header) {
    return fault(
        name, reason, new TestDocument().with(d -> d.unprotectedHeader = hex(header)).build());
  }

  private static Fault signature(String name, String reason, byte[] signature) {
    TestDocument document = new TestDocument();
    return fault("signature: " + name, reason, document.assemble(document.payload(), signature));
  }

  private static Fault fault(String name, String reason, byte[] document) {
    return new Fault(name, AttestationRejection.valueOf(reason), document);
  }
}
