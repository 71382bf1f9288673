package dev.occ.signer.soft;

import dev.occ.signer.Signer;
import dev.occ.signer.testkit.SignerContract;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The signer's contract with an authority at its side. */
class AttestedSoftSignerTest extends SignerContract {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-21T10:00:00Z"), ZoneOffset.UTC);

  private final SoftAttestationAuthority authority = SoftAttestationAuthority.create(CLOCK);

  @Override
  protected Signer open() {
    return SoftSigner.builder().attestedBy(authority).open();
  }

  @Override
  protected Optional<byte[]> userDataOf(byte[] report) {
    return Optional.of(AttestationReader.bytes(report, "user_data"));
  }
}
