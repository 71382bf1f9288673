package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnclaveAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "unix:/run/occ/enclave.sock",
        "unix:relative:with:colons",
        "tcp:127.0.0.1:5000",
        "tcp:host.example:0",
        "tcp:[::1]:65535",
        "vsock:3:5000",
        "my-transport2:x"
      })
  void parse_address_writesItselfAgain(String text) {
    assertThat(EnclaveAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unix",
        "unix:",
        ":x",
        "UNIX:/x",
        "\u0131:x",
        "tcp:5000",
        "tcp:h:",
        "tcp:h:65536",
        "tcp:h:99999",
        "tcp:h:05",
        "tcp:h:-1",
        "tcp:::1:5000",
        "tcp:[::1:5000",
        "tcp:[]:1",
        "tcp::1",
        "tcp:h:1 ",
        "unix:a\u0000b",
        "unix:\u0000abstract"
      })
  void parse_otherText_isMisuse(String text) {
    assertThatThrownBy(() -> EnclaveAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
