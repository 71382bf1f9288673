package dev.occ.signer.soft;

import static dev.occ.signer.soft.AttestationDocumentBuilder.hex;
import static dev.occ.signer.soft.Fault.broken;
import static dev.occ.signer.soft.Fault.valid;

import dev.occ.signer.soft.Fault.Clause;
import java.util.ArrayList;
import java.util.List;

/** PCR maps with a wrong number of entries, wrong keys or wrong values. */
final class RegisterFaults {
  private RegisterFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    all.add(broken("pcrs-empty", Clause.PAYLOAD, d -> d.pcrsBelow(0)));
    // There are 32 keys only, so the 33rd entry has one beyond them.
    all.add(broken("pcrs-33-entries", Clause.PAYLOAD, d -> upTo(d, 33)));
    all.add(broken("pcrs-index-32", Clause.PAYLOAD, d -> d.pcr(32, new byte[48])));
    all.add(broken("pcrs-index-negative", Clause.PAYLOAD, d -> d.pcr(-1, new byte[48])));
    all.add(
        broken("pcrs-index-2-pow-32", Clause.PAYLOAD, d -> beside(d, hex("1b0000000100000000"))));
    all.add(broken("pcrs-index-text", Clause.PAYLOAD, d -> instead(d, Cbor.text("0"))));
    all.add(broken("pcrs-index-bytes", Clause.PAYLOAD, d -> instead(d, Cbor.bytes(new byte[1]))));
    for (int length : new int[] {0, 20, 31, 33, 47, 49, 63, 65}) {
      all.add(
          broken(
              "pcrs-value-" + length + "-bytes", Clause.PAYLOAD, d -> d.pcr(5, new byte[length])));
    }
    all.add(broken("pcrs-value-text", Clause.PAYLOAD, d -> value(d, Cbor.text("a".repeat(48)))));
    all.add(broken("pcrs-value-null", Clause.PAYLOAD, d -> value(d, Cbor.nullItem())));
    all.add(valid("pcrs-value-32-bytes", Clause.PAYLOAD, d -> d.pcr(5, new byte[32])));
    all.add(valid("pcrs-value-64-bytes", Clause.PAYLOAD, d -> d.pcr(5, new byte[64])));
    all.add(valid("pcrs-32-entries", Clause.PAYLOAD, d -> upTo(d, 32)));
    all.add(valid("pcrs-1-entry", Clause.PAYLOAD, d -> d.pcrsBelow(1)));
    return all;
  }

  private static void upTo(AttestationDocumentBuilder document, int count) {
    for (int index = 16; index < count; index++) {
      document.pcr(index, new byte[48]);
    }
  }

  /** A register with a key that is none, beside a good PCR0. */
  private static void beside(AttestationDocumentBuilder document, byte[] key) {
    byte[] pcr0 = Cbor.bytes(hex(AttestationFaults.MEASUREMENT));
    document.field("pcrs", Cbor.map(List.of(Cbor.integer(0), pcr0, key, pcr0)));
  }

  /** A good PCR0 with a key that only looks like 0 once it is made text or a number. */
  private static void instead(AttestationDocumentBuilder document, byte[] key) {
    byte[] pcr0 = Cbor.bytes(hex(AttestationFaults.MEASUREMENT));
    document.field("pcrs", Cbor.map(List.of(key, pcr0)));
  }

  /** A good PCR0, and another register with this value. */
  private static void value(AttestationDocumentBuilder document, byte[] item) {
    byte[] pcr0 = Cbor.bytes(hex(AttestationFaults.MEASUREMENT));
    document.field("pcrs", Cbor.map(List.of(Cbor.integer(0), pcr0, Cbor.integer(5), item)));
  }
}
