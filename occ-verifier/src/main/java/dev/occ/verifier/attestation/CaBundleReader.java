package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CABUNDLE_EMPTY;
import static dev.occ.verifier.attestation.AttestationRejection.CABUNDLE_ENTRY_LENGTH;
import static dev.occ.verifier.attestation.AttestationRejection.CABUNDLE_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.CABUNDLE_MISSING;
import static dev.occ.verifier.attestation.AttestationRejection.CABUNDLE_TOO_LONG;

import dev.occ.proof.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The rules for {@code cabundle} (spec 12): not empty, entries of 1 to 1024 bytes. */
final class CaBundleReader {
  private CaBundleReader() {}

  static List<Bytes> read(NitroPayload.Members members) throws AttestationException {
    if (!(members.required("cabundle", CABUNDLE_MISSING) instanceof CborValue.Array array)) {
      throw new AttestationException(CABUNDLE_INVALID, "cabundle is not an array");
    }
    int count = array.items().size();
    if (count == 0) {
      throw new AttestationException(CABUNDLE_EMPTY, "cabundle is empty");
    }
    if (count > NitroAttestation.MAX_CABUNDLE_ENTRIES) {
      throw new AttestationException(CABUNDLE_TOO_LONG, "cabundle has " + count + " certificates");
    }
    List<Bytes> certificates = new ArrayList<>();
    for (CborValue entry : array.items()) {
      certificates.add(
          NitroPayload.certificate(entry, CABUNDLE_ENTRY_LENGTH, "an entry of cabundle"));
    }
    return List.copyOf(certificates);
  }
}
