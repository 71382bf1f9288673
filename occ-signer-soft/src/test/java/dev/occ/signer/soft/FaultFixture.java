package dev.occ.signer.soft;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What the tests of the fault kit share. */
final class FaultFixture {
  /** At a fixed time with a fraction of a second, as real timestamps have. */
  static final SoftAttestationAuthority AUTHORITY =
      SoftAttestationAuthority.create(
          Clock.fixed(Instant.parse("2026-03-21T10:00:00.123Z"), ZoneOffset.UTC));

  private FaultFixture() {}

  static byte[] document(String fault) {
    return AttestationFaults.named(fault).document(AUTHORITY);
  }

  static RawDocument raw(String fault) {
    return RawDocument.of(document(fault));
  }
}
