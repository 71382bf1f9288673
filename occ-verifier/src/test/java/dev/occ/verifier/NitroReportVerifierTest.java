package dev.occ.verifier;

import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Environment.Attestation;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.attestation.AttestationVerifier;
import dev.occ.verifier.attestation.NitroAttestation;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NitroReportVerifierTest extends ReportVerifierContract {
  private final SoftAttestationAuthority authority = SoftAttestationAuthority.create();
  private Sample sample = new Sample(Bytes.of(new byte[0]), "", Bytes.of(new byte[0]), Instant.MIN);

  @BeforeAll
  void makeReport() throws Exception {
    try (Forge forge = Forge.attestedBy(authority)) {
      Proof proof = Proof.of(forge.proof());
      Attestation attestation = proof.environment().attestation().orElseThrow();
      byte[] report = attestation.report().toByteArray();
      sample =
          new Sample(
              attestation.report(),
              forge.measurement(),
              proof.proofHash(),
              NitroAttestation.decode(report).timestamp());
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  ReportVerifier verifier() {
    return trusting(authority);
  }

  @Override
  ReportVerifier stranger() {
    return trusting(SoftAttestationAuthority.create());
  }

  @Override
  Sample sample() {
    return sample;
  }

  private static ReportVerifier trusting(SoftAttestationAuthority authority) {
    return new NitroReportVerifier(
        SoftAttestationAuthority.FORMAT,
        AttestationVerifier.builder().root(Bytes.of(authority.rootCertificate())).build());
  }
}
