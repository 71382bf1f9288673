package dev.occ.verifier;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import dev.occ.verifier.attestation.AttestationVerifier;
import dev.occ.verifier.attestation.NitroAttestation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * AWS Nitro attestation documents (spec 12): the measurement is PCR0, the bound data {@code
 * user_data}.
 */
final class NitroReportVerifier implements ReportVerifier {
  private final String format;
  private final AttestationVerifier verifier;

  /**
   * A verifier for one format's documents.
   *
   * @param format as proofs name it: {@code aws-nitro}, or what an authority of the caller's uses
   * @param verifier knows the pinned roots
   */
  NitroReportVerifier(String format, AttestationVerifier verifier) {
    this.format = format;
    this.verifier = verifier;
  }

  @Override
  public Outcome verify(byte[] report, @Nullable Instant at) {
    AttestationResult result = at == null ? verifier.verify(report) : verifier.verify(report, at);
    return result instanceof AttestationResult.Rejected rejected
        ? new NotGenuine(rejected.reason().code(), rejected.text())
        : genuine((Trusted) result);
  }

  private Genuine genuine(Trusted trusted) {
    NitroAttestation document = trusted.document();
    Bytes pcr0 = document.pcrs().get(0);
    return new Genuine(
        new Measurement("PCR0", pcr0 == null ? null : pcr0.toHex()),
        document.userData().orElse(null),
        new AttestedFacts(
            format,
            document.timestamp(),
            new AttestedFacts.Platform(
                document.moduleId(),
                document.instanceId().orElse(null),
                trusted.isAwsRoot(),
                document.isDebug()),
            document.pcrs(),
            trusted.chain()));
  }
}
