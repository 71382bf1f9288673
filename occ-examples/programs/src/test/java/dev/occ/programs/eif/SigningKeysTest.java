package dev.occ.programs.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that sign images, good ones and those that never end. */
@Timeout(30)
class SigningKeysTest {
  private static final byte[] DATA = "what to sign".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @ValueSource(strings = {"sleep 600", "sleep 600 & wait", "sleep 600 | cat"})
  void ofCommand_neverEnds_isRefusedAfterTheLimit(String command) {
    EifSigner.Key key = SigningKeys.ofCommand(command, Duration.ofMillis(200));
    assertThatThrownBy(() -> key.sign(DATA))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("did not end");
  }

  /** Whatever it leaves running holds its output open. */
  @Test
  void ofCommand_leavesAProcessBehind_isReadAllTheSame() throws Exception {
    byte[] signature = SigningKeys.ofCommand("(sleep 60 &) ; cat").sign(DATA);
    assertThat(signature).isEqualTo(DATA);
  }

  @Test
  void ofCommand_endlessOutput_isReadToTheLimitOnly() throws Exception {
    byte[] signature = SigningKeys.ofCommand("head -c 5000 /dev/zero").sign(DATA);
    assertThat(signature).hasSize(1025);
  }

  @Test
  void ofCommand_fails_isRefused() {
    assertThatThrownBy(() -> SigningKeys.ofCommand("cat; exit 1").sign(DATA))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("failed");
  }
}
