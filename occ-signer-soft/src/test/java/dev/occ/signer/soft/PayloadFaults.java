package dev.occ.signer.soft;

import static dev.occ.signer.soft.AttestationDocumentBuilder.hex;
import static dev.occ.signer.soft.Fault.broken;
import static dev.occ.signer.soft.Fault.valid;

import dev.occ.signer.soft.Fault.Clause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fields that are missing, of the wrong type, too long or of a wrong value, PCRs aside. */
final class PayloadFaults {
  private static final List<String> OPTIONAL = List.of("public_key", "user_data", "nonce");

  /** For each mandatory field an item of a type that it must not have. */
  private static final Map<String, byte[]> WRONG_TYPES =
      Map.of(
          "module_id", Cbor.bytes(hex("692d30")),
          "digest", Cbor.bytes(hex("534841333834")),
          "timestamp", Cbor.text("1774087200000"),
          "pcrs", Cbor.array(List.of(Cbor.bytes(new byte[48]))),
          "certificate", Cbor.text("certificate"),
          "cabundle", Cbor.bytes(hex("3000")));

  private PayloadFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    new TreeMap<>(WRONG_TYPES)
        .forEach((field, wrongType) -> all.addAll(mandatory(field, wrongType)));
    for (String field : OPTIONAL) {
      all.addAll(sizes(field));
    }
    all.addAll(values());
    return all;
  }

  private static List<Fault> mandatory(String field, byte[] wrongType) {
    String name = field.replace('_', '-');
    return List.of(
        broken(name + "-missing", Clause.PAYLOAD, d -> d.without(field)),
        broken(name + "-null", Clause.PAYLOAD, d -> d.field(field, Cbor.nullItem())),
        broken(name + "-wrong-type", Clause.PAYLOAD, d -> d.field(field, wrongType)));
  }

  /** User data of another size is foreign, too; the size is judged before the binding. */
  private static List<Fault> sizes(String field) {
    String name = field.replace('_', '-');
    List<Fault> sizes = new ArrayList<>();
    sizes.add(broken(name + "-wrong-type", Clause.PAYLOAD, d -> d.field(field, Cbor.text("a"))));
    sizes.add(broken(name + "-1025-bytes", Clause.PAYLOAD, d -> d.field(field, filled(1025))));
    if (!field.equals("user_data")) {
      sizes.add(valid(name + "-1024-bytes", Clause.PAYLOAD, d -> d.field(field, filled(1024))));
      sizes.add(valid(name + "-0-bytes", Clause.PAYLOAD, d -> d.field(field, filled(0))));
      sizes.add(valid(name + "-absent", Clause.PAYLOAD, d -> d.without(field)));
    }
    return sizes;
  }

  private static List<Fault> values() {
    return List.of(
        // Many readers make null of it, but it is another value (RFC 8949, section 3.3).
        broken("nonce-undefined", Clause.PAYLOAD, d -> d.field("nonce", hex("f7"))),
        broken("module-id-empty", Clause.PAYLOAD, d -> d.field("module_id", Cbor.text(""))),
        broken("digest-sha256", Clause.PAYLOAD, d -> d.field("digest", Cbor.text("SHA256"))),
        broken("digest-lower-case", Clause.PAYLOAD, d -> d.field("digest", Cbor.text("sha384"))),
        // The certificates are made at the same time, so they are valid then.
        broken("timestamp-zero", Clause.PAYLOAD, d -> d.time(Instant.EPOCH)),
        broken("timestamp-negative", Clause.PAYLOAD, d -> d.time(Instant.ofEpochMilli(-1))),
        broken(
            "timestamp-float",
            Clause.PAYLOAD,
            d -> d.field("timestamp", hex("fb4279d109e7e84000"))),
        broken(
            "timestamp-2-pow-63",
            Clause.PAYLOAD,
            d -> d.field("timestamp", hex("1b8000000000000000"))),
        broken(
            "timestamp-bignum",
            Clause.PAYLOAD,
            d -> d.field("timestamp", hex("c249010000000000000000"))),
        broken("certificate-0-bytes", Clause.PAYLOAD, d -> d.leaf(c -> new byte[0])),
        broken(
            "certificate-1025-bytes",
            Clause.PAYLOAD,
            d -> d.chain().size(CertificateLevel.LEAF, 1025)),
        valid(
            "certificate-1024-bytes",
            Clause.PAYLOAD,
            d -> d.chain().size(CertificateLevel.LEAF, 1024)),
        broken("cabundle-empty", Clause.PAYLOAD, d -> d.cabundle(bundle -> List.of())),
        broken(
            "cabundle-entry-wrong-type",
            Clause.PAYLOAD,
            d -> d.field("cabundle", Cbor.array(List.of(Cbor.text("a"))))),
        broken(
            "cabundle-entry-0-bytes",
            Clause.PAYLOAD,
            d -> d.cabundle(PayloadFaults::withEmptyEntry)),
        broken(
            "cabundle-entry-1025-bytes",
            Clause.PAYLOAD,
            d -> d.chain().size(CertificateLevel.ZONAL, 1025)),
        valid(
            "cabundle-entry-1024-bytes",
            Clause.PAYLOAD,
            d -> d.chain().size(CertificateLevel.ZONAL, 1024)));
  }

  private static byte[] filled(int length) {
    return Cbor.bytes(new byte[length]);
  }

  private static List<byte[]> withEmptyEntry(List<byte[]> bundle) {
    bundle.set(2, new byte[0]);
    return bundle;
  }
}
