package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.verifier.attestation.AttestationResult.Rejected;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about verdicts. */
final class Verdicts {
  private Verdicts() {}

  static void assertTrusted(AttestationResult result) {
    assertThat(result).isInstanceOf(Trusted.class);
  }

  static void assertRefused(AttestationResult result, AttestationRejection reason) {
    assertThat(result).isInstanceOf(Rejected.class);
    Rejected refused = (Rejected) result;
    assertThat(refused.reason()).as(refused.text()).isEqualTo(reason);
    assertThat(refused.text()).isNotEmpty();
  }

  static void assertRefused(ThrowingCallable call, AttestationRejection reason) {
    AttestationException e = catchThrowableOfType(AttestationException.class, call);
    assertThat(e).as("no refusal").isNotNull();
    assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
  }
}
