package dev.occ.signer.soft;

import static dev.occ.signer.soft.Fault.broken;
import static dev.occ.signer.soft.Fault.valid;

import dev.occ.signer.soft.Fault.Clause;
import java.util.Arrays;
import java.util.List;

/** Good documents that say something else than the proof they come with. */
final class BindingFaults {
  private static final String ZEROS = "0".repeat(96);

  private BindingFaults() {}

  static List<Fault> all() {
    return List.of(
        broken("pcr0-wrong", Clause.BINDING, d -> d.pcr(0, flipped())),
        broken("pcr0-missing", Clause.BINDING, BindingFaults::withoutPcr0),
        broken("pcr0-in-pcr1", Clause.BINDING, BindingFaults::swapped),
        broken("pcr0-first-32-bytes", Clause.BINDING, d -> d.pcr(0, Arrays.copyOf(pcr0(), 32))),
        broken("pcr0-with-16-zeros", Clause.BINDING, d -> d.pcr(0, Arrays.copyOf(pcr0(), 64))),
        // The caller expects zeros, so that being a debug enclave is all that is wrong.
        broken("debug-enclave", Clause.BINDING, BindingFaults::debug).expecting(ZEROS),
        valid("pcr0-zero-but-not-debug", Clause.BINDING, d -> d.pcr(0, new byte[48]))
            .expecting(ZEROS),
        valid(
            "pcr1-and-pcr2-zero-but-not-debug",
            Clause.BINDING,
            d -> d.pcr(1, new byte[48]).pcr(2, new byte[48])),
        broken("user-data-foreign", Clause.BINDING, d -> d.userData(foreign())),
        broken("user-data-null", Clause.BINDING, d -> d.field("user_data", Cbor.nullItem())),
        broken("user-data-absent", Clause.BINDING, d -> d.without("user_data")),
        broken("user-data-0-bytes", Clause.BINDING, d -> d.userData(new byte[0])),
        broken(
            "user-data-31-bytes",
            Clause.BINDING,
            d -> d.userData(Arrays.copyOf(AttestationFaults.userData(), 31))),
        broken(
            "user-data-33-bytes",
            Clause.BINDING,
            d -> d.userData(Arrays.copyOf(AttestationFaults.userData(), 33))),
        broken("user-data-1024-bytes", Clause.BINDING, d -> d.userData(new byte[1024])),
        broken(
            "user-data-in-nonce",
            Clause.BINDING,
            d -> d.without("user_data").nonce(AttestationFaults.userData())));
  }

  private static byte[] pcr0() {
    return AttestationDocumentBuilder.hex(AttestationFaults.MEASUREMENT);
  }

  private static byte[] flipped() {
    byte[] flipped = pcr0();
    flipped[47] ^= 1;
    return flipped;
  }

  private static byte[] foreign() {
    byte[] foreign = AttestationFaults.userData();
    foreign[0] ^= 1;
    return foreign;
  }

  private static void withoutPcr0(AttestationDocumentBuilder document) {
    document.field("pcrs", Cbor.map(List.of(Cbor.integer(1), Cbor.bytes(pcr0()))));
  }

  private static void swapped(AttestationDocumentBuilder document) {
    document.pcr(0, flipped()).pcr(1, pcr0());
  }

  /** As in genuine documents of debug enclaves: PCR3 and PCR4 keep their values. */
  private static void debug(AttestationDocumentBuilder document) {
    document.pcr(0, new byte[48]).pcr(1, new byte[48]).pcr(2, new byte[48]);
  }
}
