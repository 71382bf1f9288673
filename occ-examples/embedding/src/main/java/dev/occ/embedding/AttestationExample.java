package dev.occ.embedding;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationException;
import dev.occ.verifier.attestation.AttestationExpectations;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import dev.occ.verifier.attestation.AttestationVerdict;
import dev.occ.verifier.attestation.AttestationVerifier;
import java.time.Duration;
import java.time.Instant;
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

  /**
   * Judges the answer to a live handshake.
   *
   * @param nonce the bytes that were sent
   * @param pcr0 the trusted image's PCR0, 48 bytes
   */
  static AttestationVerdict handshake(
      AttestationVerifier verifier, byte[] document, Bytes nonce, Bytes pcr0, Instant now) {
    // snippet:handshake
    AttestationExpectations expected =
        AttestationExpectations.builder()
            .pcr(0, pcr0)
            .nonce(nonce)
            .at(now) // not the document's own time
            .maxAge(Duration.ofMinutes(5), now)
            .build();
    return verifier.verify(document, expected); // AsExpected, Unexpected or NotGenuine
    // end
  }
}
