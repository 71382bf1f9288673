package dev.occ.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import dev.occ.signer.testkit.SignerContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A signer of one's own: extend {@link SignerContract}, and the whole contract is tested. */
class JcaSignerTest extends SignerContract {
  @Override
  protected Signer open() throws SignerException {
    return JcaSigner.open("SunEC");
  }

  @Test
  void provider_byName_opensTheSigner() throws SignerException {
    try (Signer signer = SignerProvider.named("jca").open(Map.of("provider", "SunEC"))) {
      assertThat(signer).isInstanceOf(JcaSigner.class);
      assertThat(signer.enforcement()).isEqualTo(EnforcementTier.STUB);
      assertThat(signer.measurement()).isEqualTo("jca:SunEC");
    }
  }

  @Test
  void provider_unusableOptions_areRefused() {
    assertRefused(Map.of("colour", "red"), SignerException.Reason.INVALID_CONFIGURATION);
    assertRefused(Map.of("provider", "none"), SignerException.Reason.INVALID_CONFIGURATION);
    assertRefused(Map.of("provider", "SUN"), SignerException.Reason.UNAVAILABLE);
  }

  private static void assertRefused(Map<String, String> options, SignerException.Reason reason) {
    assertThatThrownBy(() -> new JcaSignerProvider().open(options))
        .isInstanceOfSatisfying(
            SignerException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
