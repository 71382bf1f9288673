package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.proof.Bytes;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class AttestationExpectationsTest {
  private static final Bytes PCR = pcr(1);
  private static final Bytes OTHER = pcr(2);

  private final TestDocument document =
      new TestDocument()
          .member("nonce", Cbor.bytes(new byte[] {7}))
          .member("public_key", Cbor.bytes(new byte[] {8}));
  private final AttestationVerifier verifier =
      AttestationVerifier.builder().root(Bytes.of(document.ders()[0])).build();

  private static AttestationExpectations.Builder expect() {
    return AttestationExpectations.builder();
  }

  @Test
  void verify_nothingExpected_saysNothingAboutCode() {
    assertThat(basis(expect())).isEqualTo("genuine; nothing about which code");
  }

  @Test
  void verify_allAsExpected_saysWhatWasCompared() {
    AttestationExpectations.Builder all =
        expect()
            .pcr(0, PCR)
            .pcr(8, PCR)
            .nonce(Bytes.of(new byte[] {7}))
            .publicKey(Bytes.of(new byte[] {8}))
            .userData(Bytes.of(new byte[32]))
            .at(TestDocument.TIME.plusSeconds(1))
            .maxAge(Duration.ofMinutes(5), TestDocument.TIME.plusSeconds(300));

    assertThat(basis(all))
        .isEqualTo("genuine; as expected: PCR0, PCR8, nonce, user_data, public_key, age");
    assertThat(basis(expect().pcr(3, PCR))).endsWith("PCR0, the whole image, was not compared");
    assertThat(basis(expect().nonce(Bytes.of(new byte[] {7}))))
        .endsWith("nothing about which code");
  }

  @Test
  void verify_eachMismatch_hasItsReason() {
    Bytes wrong = Bytes.of(new byte[] {9});
    assertDiffers(expect().pcr(0, OTHER), AttestationMismatch.PCR_DIFFERS);
    assertDiffers(expect().pcr(31, PCR), AttestationMismatch.PCR_ABSENT);
    assertDiffers(expect().nonce(wrong), AttestationMismatch.NONCE_DIFFERS);
    assertDiffers(expect().userData(wrong), AttestationMismatch.USER_DATA_DIFFERS);
    assertDiffers(expect().publicKey(wrong), AttestationMismatch.PUBLIC_KEY_DIFFERS);
    assertDiffers(
        expect().maxAge(Duration.ofSeconds(1), TestDocument.TIME.plusMillis(1001)),
        AttestationMismatch.TOO_OLD);
    assertDiffers(
        expect().maxAge(Duration.ofSeconds(1), TestDocument.TIME.minusMillis(60_001)),
        AttestationMismatch.FROM_THE_FUTURE);
    assertDiffers(
        expect().pcr(0, OTHER).nonce(wrong),
        AttestationMismatch.PCR_DIFFERS,
        AttestationMismatch.NONCE_DIFFERS);
  }

  @Test
  void verify_fieldAbsent_differs() {
    document.without("nonce");
    assertDiffers(expect().nonce(Bytes.of(new byte[0])), AttestationMismatch.NONCE_DIFFERS);
  }

  @Test
  void verify_skewOfOneMinute_isAccepted() {
    assertThat(basis(expect().maxAge(Duration.ZERO, TestDocument.TIME.minusSeconds(60))))
        .contains("age");
  }

  @Test
  void verify_atAnotherTime_isExpired() {
    assertRefused(
        expect().at(TestDocument.TIME.plus(Duration.ofDays(1))),
        AttestationRejection.CERTIFICATE_EXPIRED);
  }

  @Test
  void verify_debug_isRefusedUnlessAllowed() {
    document.member("pcrs", TestDocument.pcrs(0));
    assertRefused(expect(), AttestationRejection.DEBUG_ENCLAVE);
    assertThat(basis(expect().allowDebug())).contains("debug mode");
  }

  @Test
  void verify_nitroTpm_isRefusedUnlessAllowed() throws Exception {
    byte[] tpm = TestDocument.nitroTpm().build();

    assertThat(verifier.verify(tpm, expect().build()))
        .isInstanceOfSatisfying(
            AttestationVerdict.NotGenuine.class,
            v -> assertThat(v.reason()).isEqualTo(AttestationRejection.NITROTPM_DOCUMENT));
    assertThat(verifier.verify(tpm, expect().allowNitroTpm().build()))
        .isInstanceOfSatisfying(
            AttestationVerdict.AsExpected.class,
            v -> assertThat(v.trusted().document().isNitroTpm()).isTrue());
    Verdicts.assertRefused(
        verifier.verify(NitroAttestation.decodeWithNitroTpm(tpm)),
        AttestationRejection.NITROTPM_DOCUMENT);
  }

  @Test
  void builder_misuse_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> expect().pcr(32, PCR));
    assertThatIllegalArgumentException().isThrownBy(() -> expect().pcr(-1, PCR));
    assertThatIllegalArgumentException().isThrownBy(() -> expect().pcr(0, Bytes.of(new byte[47])));
    assertThatIllegalArgumentException().isThrownBy(() -> expect().pcr(0, PCR).pcr(0, OTHER));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expect().maxAge(Duration.ofNanos(-1), TestDocument.TIME));
  }

  private String basis(AttestationExpectations.Builder expected) {
    AttestationVerdict verdict = verifier.verify(document.build(), expected.build());
    assertThat(verdict).isInstanceOf(AttestationVerdict.AsExpected.class);
    return ((AttestationVerdict.AsExpected) verdict).basis();
  }

  private void assertDiffers(
      AttestationExpectations.Builder expected, AttestationMismatch... reasons) {
    assertThat(verifier.verify(document.build(), expected.build()))
        .isInstanceOfSatisfying(
            AttestationVerdict.Unexpected.class,
            v ->
                assertThat(v.differences())
                    .extracting(AttestationVerdict.Difference::reason)
                    .containsExactly(reasons));
  }

  private void assertRefused(
      AttestationExpectations.Builder expected, AttestationRejection reason) {
    assertThat(verifier.verify(document.build(), expected.build()))
        .isInstanceOfSatisfying(
            AttestationVerdict.NotGenuine.class, v -> assertThat(v.reason()).isEqualTo(reason));
  }

  private static Bytes pcr(int value) {
    byte[] pcr = new byte[48];
    Arrays.fill(pcr, (byte) value);
    return Bytes.of(pcr);
  }
}
