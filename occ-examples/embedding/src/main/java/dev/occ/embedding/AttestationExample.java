package dev.occ.embedding;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationException;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import dev.occ.verifier.attestation.AttestationVerifier;
import java.util.Objects;

/** Checks an AWS Nitro attestation document of any application, without a proof around it. */
final class AttestationExample {
  private AttestationExample() {}

  /**
   * Says what a document attests.
   *
   * @param pcr0 the trusted image's PCR0, 48 bytes
   */
  static Bytes userData(AttestationVerifier verifier, byte[] document, Bytes pcr0)
      throws AttestationException {
    // snippet:attestation
    Trusted trusted = verifier.verify(document).orElseThrow(); // AttestationVerifier.aws()
    if (!Objects.equals(pcr0, trusted.document().pcrs().get(0))) {
      throw new SecurityException("genuine, but of other code");
    }
    return trusted.document().userData().orElseThrow(); // what that code wanted attested
    // end
  }
}
