package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.SignerException;
import dev.occ.signer.SignerException.Reason;
import dev.occ.signer.SignerProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NitroSignerProviderTest {
  @Test
  void named_nitro_isThisProvider() throws SignerException {
    assertThat(SignerProvider.named("nitro")).isInstanceOf(NitroSignerProvider.class);
  }

  @Test
  void parse_nothing_isStrict() throws SignerException {
    assertThat(NitroSignerProvider.parse(Map.of()))
        .isEqualTo(new NitroSignerOptions(Path.of("/dev/nsm"), false));
  }

  @Test
  void parse_allOptions_areTaken() throws SignerException {
    assertThat(NitroSignerProvider.parse(Map.of("device", "/dev/other", "allowDebug", "true")))
        .isEqualTo(new NitroSignerOptions(Path.of("/dev/other"), true));
    assertThat(NitroSignerProvider.parse(Map.of("allowDebug", "false")).allowDebug()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"allowDebug,yes", "allowDebug,TRUE", "allowDebug,''", "device,''", "debug,true"})
  void open_unusableOption_isInvalidConfiguration(String name, String value) {
    assertReason(Reason.INVALID_CONFIGURATION, Map.of(name, value));
  }

  @Test
  void open_deviceWithNul_isInvalidConfiguration() {
    assertReason(Reason.INVALID_CONFIGURATION, Map.of("device", "/dev/\0"));
  }

  @Test
  void open_noDevice_isUnavailable() {
    assertReason(Reason.UNAVAILABLE, Map.of("device", "/dev/no-such-nsm"));
  }

  private static void assertReason(Reason reason, Map<String, String> options) {
    assertThatThrownBy(() -> new NitroSignerProvider().open(options).close())
        .isInstanceOfSatisfying(
            SignerException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
