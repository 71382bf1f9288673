package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

final class NitroAttestationTest {
  @Test
  void decode_atTheLimitOfLength_looksAtTheContent() {
    assertThat(reasonFor(NitroAttestation.MAX_DOCUMENT_LENGTH))
        .isNotEqualTo(AttestationRejection.DOCUMENT_TOO_LARGE);
    assertThat(reasonFor(NitroAttestation.MAX_DOCUMENT_LENGTH + 1))
        .isEqualTo(AttestationRejection.DOCUMENT_TOO_LARGE);
  }

  private static AttestationRejection reasonFor(int length) {
    return catchThrowableOfType(
            AttestationException.class, () -> NitroAttestation.decode(new byte[length]))
        .reason();
  }
}
