package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoftSignerProviderTest {
  @Test
  void named_soft_opensASoftSigner() throws SignerException {
    try (Signer signer = SignerProvider.named("soft").open(Map.of())) {
      assertThat(signer).isInstanceOf(SoftSigner.class);
      assertThat(signer.measurement()).isEqualTo(SoftSigner.DEFAULT_MEASUREMENT);
    }
  }

  @Test
  void open_withMeasurement_statesIt() throws SignerException {
    try (Signer signer = new SoftSignerProvider().open(Map.of("measurement", "soft:ci"))) {
      assertThat(signer.measurement()).isEqualTo("soft:ci");
    }
  }

  @Test
  void open_badOptions_areInvalidConfiguration() {
    assertInvalid(Map.of("Measurement", "soft:ci"));
    assertInvalid(Map.of("seed", "1"));
    assertInvalid(Map.of("measurement", ""));
  }

  private static void assertInvalid(Map<String, String> options) {
    assertThatThrownBy(() -> new SoftSignerProvider().open(options))
        .isInstanceOfSatisfying(
            SignerException.class,
            e -> assertThat(e.reason()).isEqualTo(SignerException.Reason.INVALID_CONFIGURATION));
  }
}
