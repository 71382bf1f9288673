package dev.occ.enclave.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.enclave.EnclaveAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnclaveArgumentsTest {
  private static final String KEY = "L/zyqG3111Y0hEyKF6NIKI4amSvSBBQxGMjdjLa2520=";

  private static EnclaveSettings of(Map<String, String> environment, String... arguments) {
    return EnclaveArguments.parse(List.of(arguments), environment);
  }

  @Test
  void parse_nothing_isANitroEnclaveForItsParent() {
    EnclaveSettings settings = of(Map.of());
    assertThat(settings.signer()).isEqualTo("nitro");
    assertThat(settings.signerOptions()).isEmpty();
    assertThat(settings.listen()).containsExactly(EnclaveAddress.parse("vsock:5000"));
    assertThat(settings.peers()).isEqualTo(new EnclavePeers(Set.of(3L), Set.of()));
  }

  @Test
  void parse_environmentOfAnImage_isTaken() {
    EnclaveSettings settings =
        of(
            Map.of(
                "OCC_SIGNER", "other",
                "OCC_LISTEN", "vsock:1,unix:/s",
                "OCC_ALLOW_CIDS", "4,4294967295",
                "OCC_ALLOW_DEBUG", "true",
                "OCC_ANCHOR_KEY", "",
                "OCC_BASE_FLOORS", "false"));
    assertThat(settings.signer()).isEqualTo("other");
    assertThat(settings.signerOptions()).containsExactly(Map.entry("allowDebug", "true"));
    assertThat(settings.listen())
        .containsExactly(EnclaveAddress.parse("vsock:1"), EnclaveAddress.parse("unix:/s"));
    assertThat(settings.peers().cids()).containsExactlyInAnyOrder(4L, 0xFFFF_FFFFL);
  }

  @Test
  void parse_arguments_takePrecedenceInBothForms() {
    EnclaveSettings settings =
        of(
            Map.of("OCC_SIGNER", "x", "OCC_LISTEN", "vsock:1", "OCC_ALLOW_CIDS", "9"),
            "--signer=soft",
            "--signer-option",
            "a=b=c",
            "--listen",
            "vsock:2",
            "--listen=unix:/s",
            "--allow-cid",
            "5",
            "--allow-user",
            "me,you",
            "--anchor-key",
            KEY,
            "--base-floors",
            "--allow-debug");
    assertThat(settings.signer()).isEqualTo("soft");
    assertThat(settings.signerOptions()).isEqualTo(Map.of("a", "b=c", "allowDebug", "true"));
    assertThat(settings.listen())
        .containsExactly(EnclaveAddress.parse("vsock:2"), EnclaveAddress.parse("unix:/s"));
    assertThat(settings.peers()).isEqualTo(new EnclavePeers(Set.of(5L), Set.of("me", "you")));
  }

  @ParameterizedTest
  @CsvSource({
    "--unknown, unknown argument --unknown",
    "--allow-debug=true, unknown argument --allow-debug=true",
    "a, unknown argument a",
    "--signer, --signer needs a value",
    "--listen=x, --listen x: ",
    "--listen=, --listen : ",
    "--allow-cid=-1, --allow-cid (OCC_ALLOW_CIDS): ",
    "--allow-cid=4294967296, --allow-cid (OCC_ALLOW_CIDS): ",
    "--signer-option=a, --signer-option needs NAME=VALUE",
    "--signer-option==a, --signer-option needs NAME=VALUE",
    "--anchor-key=x, --anchor-key (OCC_ANCHOR_KEY): "
  })
  void parse_unusableArgument_isRefusedByName(String argument, String problem) {
    assertThatThrownBy(() -> of(Map.of(), argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--signer", "--anchor-key"})
  void parse_oneValueTwice_isRefused(String name) {
    assertThatThrownBy(() -> of(Map.of(), name, KEY, name, KEY))
        .hasMessage(name + " is given twice");
  }

  /** A word that is neither is a mistake, and never means the weaker setting. */
  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "TRUE", "1"})
  void parse_unusableFlagInTheEnvironment_isRefused(String value) {
    assertThatThrownBy(() -> of(Map.of("OCC_ALLOW_DEBUG", value)))
        .hasMessageStartingWith("OCC_ALLOW_DEBUG is neither true nor false");
    assertThatThrownBy(() -> of(Map.of("OCC_BASE_FLOORS", value)))
        .hasMessageContaining("OCC_BASE_FLOORS is neither true nor false");
  }
}
