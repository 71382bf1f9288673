package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.SignerException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What only a guest shows whose PCRs nobody has touched: the lab runs this class first, in a
 * process of its own. One test, since its steps change the module for good.
 */
@RequiresNsm
class FreshGuestLabTest {
  private static final NitroSignerOptions STRICT = NitroSignerOptions.defaults();

  @Test
  void open_untouchedThenExtendedThenLocked_isRefusedUntilTheMeasurementIsFixed() throws Exception {
    assertUntrusted(() -> NitroSigner.open(STRICT).close());
    try (NitroSigner debug = NitroSigner.open(STRICT.allowingDebug())) {
      assertThat(debug.measurement()).isEqualTo("0".repeat(96));
      assertThatThrownBy(() -> debug.attest(new byte[32]))
          .as("the document has no PCR0 as long as that is not locked")
          .isInstanceOfSatisfying(
              SignerException.class,
              e -> assertThat(e.reason()).isEqualTo(SignerException.Reason.ATTESTATION_INVALID));
    }
    try (Nsm nsm = Nsm.open()) {
      byte[] value = nsm.extendPcr(0, "stands for an image".getBytes(StandardCharsets.US_ASCII));
      assertThat(nsm.describePcr(0).value()).isEqualTo(value);
      assertUntrusted(() -> NitroSigner.open(STRICT).close());
      nsm.lockPcr(0);
      try (NitroSigner signer = NitroSigner.open(STRICT)) {
        assertThat(signer.measurement()).isEqualTo(nsm.describePcr(0).toHex());
        assertThat(signer.attest(new byte[32])).isNotEmpty();
      }
    }
  }

  private static void assertUntrusted(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SignerException.class,
            e -> assertThat(e.reason()).isEqualTo(SignerException.Reason.UNTRUSTED_ENVIRONMENT));
  }
}
