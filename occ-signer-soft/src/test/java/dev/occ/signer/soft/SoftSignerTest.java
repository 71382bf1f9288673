package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.testkit.SignerContract;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftSignerTest extends SignerContract {
  @Override
  protected Signer open() {
    return SoftSigner.open();
  }

  @Test
  void open_withoutSettings_statesTheLowestTierAndNoAttestation() {
    try (SoftSigner signer = SoftSigner.open()) {
      assertThat(signer.enforcement()).isEqualTo(EnforcementTier.STUB);
      assertThat(signer.measurement()).isEqualTo("soft:dev");
      assertThat(signer.attestationFormat()).isEmpty();
    }
  }

  @Test
  void measurement_configured_isStated() {
    try (SoftSigner signer = SoftSigner.builder().measurement("soft:\uD83D\uDD11").open()) {
      assertThat(signer.measurement()).isEqualTo("soft:\uD83D\uDD11");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uD83D", "soft:\uDD11"})
  void measurement_thatNoProofCanCarry_isRefused(String measurement) {
    assertThatThrownBy(() -> SoftSigner.builder().measurement(measurement))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void measurement_atAndOverTheLimit_isAcceptedAndRefused() {
    try (SoftSigner signer = SoftSigner.builder().measurement("m".repeat(256)).open()) {
      assertThat(signer.measurement()).hasSize(256);
    }
    assertThatThrownBy(() -> SoftSigner.builder().measurement("m".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sign_rfc8032Seed_givesThePublishedSignature() throws Exception {
    // RFC 8032, section 7.1, test 2: one-byte message 72.
    byte[] seed =
        HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    Entropy fixed = target -> System.arraycopy(seed, 0, target, 0, target.length);
    try (SoftSigner signer = new SoftSigner(SoftSigner.builder(), fixed)) {
      assertThat(HexFormat.of().formatHex(signer.publicKey()))
          .isEqualTo("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
      assertThat(HexFormat.of().formatHex(signer.sign(new byte[] {0x72})))
          .isEqualTo(
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                  + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }
  }

  @Test
  void close_always_overwritesTheSeed() {
    byte[][] handedOut = new byte[1][];
    Entropy spying =
        target -> {
          Arrays.fill(target, (byte) 7);
          handedOut[0] = target;
        };
    SoftSigner signer = new SoftSigner(SoftSigner.builder(), spying);
    assertThat(handedOut[0]).as("the array the key is kept in").containsOnly(7);
    signer.close();
    assertThat(handedOut[0]).containsOnly(0);
  }

  @Test
  void toString_always_namesTheKindOnly() {
    try (SoftSigner signer = SoftSigner.open()) {
      assertThat(signer.toString()).isEqualTo("SoftSigner");
    }
  }
}
