package dev.occ.signer.soft;

import static dev.occ.signer.soft.AttestationDocumentBuilder.hex;
import static dev.occ.signer.soft.Fault.broken;
import static dev.occ.signer.soft.Fault.valid;

import dev.occ.signer.soft.Fault.Clause;
import java.util.Arrays;
import java.util.List;

/** CBOR that is malformed, ambiguous or beyond the limits. */
final class CborFaults {
  private CborFaults() {}

  static List<Fault> all() {
    return List.of(
        broken("document-empty", Clause.CBOR, d -> d.document(bytes -> new byte[0])),
        broken("document-truncated", Clause.CBOR, d -> d.document(CborFaults::withoutLast)),
        broken("document-trailing-byte", Clause.CBOR, d -> d.document(CborFaults::trailing)),
        // A byte string of 2^62 bytes instead of the payload: whoever allocates first, fails.
        broken(
            "document-huge-length",
            Clause.CBOR,
            d -> d.document(bytes -> hex("8444a1013822a05b4000000000000000"))),
        broken(
            "document-huge-array",
            Clause.CBOR,
            d -> d.document(bytes -> hex("9b7fffffffffffffff"))),
        broken("payload-trailing-byte", Clause.CBOR, d -> d.payload(CborFaults::trailing)),
        broken("payload-truncated", Clause.CBOR, d -> d.payload(CborFaults::withoutLast)),
        broken("payload-empty", Clause.CBOR, d -> d.payload(bytes -> new byte[0])),
        broken(
            "payload-duplicate-key",
            Clause.CBOR,
            d -> d.payload(map -> withEntry(map, Cbor.text("nonce"), Cbor.nullItem()))),
        broken(
            "payload-duplicate-key-other-value",
            Clause.CBOR,
            d -> d.payload(map -> withEntry(map, Cbor.text("user_data"), Cbor.bytes(hex("00"))))),
        // The same name, its length in one byte more than it needs.
        broken(
            "payload-duplicate-key-other-encoding",
            Clause.CBOR,
            d -> d.payload(map -> withEntry(map, hex("78056e6f6e6365"), Cbor.nullItem()))),
        broken("payload-invalid-utf8", Clause.CBOR, d -> d.field("module_id", hex("62c328"))),
        broken(
            "payload-nesting-17",
            Clause.CBOR,
            d -> d.field("deep", nested(16))), // the map that holds it is the 17th level
        broken("payload-nesting-1000", Clause.CBOR, d -> d.field("deep", nested(1000))),
        broken(
            "unprotected-header-nesting-100",
            Clause.CBOR,
            d -> d.unprotectedHeader(Cbor.map(List.of(Cbor.integer(99), nested(100))))),
        broken(
            "protected-header-trailing-byte",
            Clause.CBOR,
            d -> d.protectedHeader(trailing(CoseSigner.protectedHeader()))),
        broken(
            "protected-header-duplicate-alg",
            Clause.CBOR,
            d -> d.protectedHeader(hex("a2013822013822"))),
        broken(
            "protected-header-duplicate-alg-other-value",
            Clause.CBOR,
            d -> d.protectedHeader(hex("a20126013822"))),
        broken(
            "unprotected-header-duplicate-key",
            Clause.CBOR,
            d -> d.unprotectedHeader(hex("a2186300186300"))),
        broken(
            "pcrs-duplicate-index",
            Clause.CBOR,
            d -> d.field("pcrs", duplicatePcr0(Cbor.integer(0)))),
        broken(
            "pcrs-duplicate-index-other-encoding",
            Clause.CBOR,
            d -> d.field("pcrs", duplicatePcr0(hex("1800")))),
        // Additional information 28 is reserved: such an item is not well-formed.
        broken("payload-reserved-head", Clause.CBOR, d -> d.field("nonce", hex("1c"))),
        // A reader that swallows tags takes these for the items inside.
        broken("payload-tagged", Clause.CBOR, d -> d.payload(map -> Cbor.tag(24, map))),
        broken(
            "payload-timestamp-tagged",
            Clause.CBOR,
            d -> d.field("timestamp", Cbor.tag(1, Cbor.integer(d.time().toEpochMilli())))),
        // A reader that makes text of every key takes this for module_id.
        broken("payload-key-as-bytes", Clause.CBOR, d -> d.payload(CborFaults::bytesKeyFirst)),
        valid("payload-indefinite-length", Clause.CBOR, d -> d.payload(CborFaults::indefinite)),
        valid("pcrs-indefinite-length", Clause.CBOR, d -> d.field("pcrs", indefinite(goodPcrs()))));
  }

  /** One byte more. */
  static byte[] trailing(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static byte[] withoutLast(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  private static byte[] withEntry(byte[] map, byte[] key, byte[] value) {
    List<byte[]> items = CborItems.children(map);
    items.add(key);
    items.add(value);
    return Cbor.map(items);
  }

  private static byte[] bytesKeyFirst(byte[] map) {
    List<byte[]> items = CborItems.children(map);
    items.set(0, Cbor.bytes(CborItems.content(items.get(0))));
    return Cbor.map(items);
  }

  /** Arrays in one another, the innermost empty. */
  private static byte[] nested(int levels) {
    byte[] nested = new byte[levels];
    Arrays.fill(nested, (byte) 0x81);
    nested[levels - 1] = (byte) 0x80;
    return nested;
  }

  /** The same map with a break at its end instead of a count at its start. */
  private static byte[] indefinite(byte[] map) {
    byte[] entries = Cbor.concat(CborItems.children(map).toArray(new byte[0][]));
    return Cbor.concat(hex("bf"), entries, hex("ff"));
  }

  private static byte[] goodPcrs() {
    return AttestationPayload.pcrs(
        SoftEnclave.registers(AttestationFaults.MEASUREMENT, "fault kit"));
  }

  /** The good PCR0 last, behind one that is zero. */
  private static byte[] duplicatePcr0(byte[] firstKey) {
    return Cbor.map(
        List.of(
            firstKey,
            Cbor.bytes(new byte[48]),
            Cbor.integer(0),
            Cbor.bytes(hex(AttestationFaults.MEASUREMENT))));
  }
}
