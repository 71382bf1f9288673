package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VsockAddressTest {
  @Test
  void parse_bothForms_areRead() {
    assertThat(VsockAddress.parse("vsock:5000"))
        .isEqualTo(new VsockAddress(VsockAddress.CID_ANY, 5000));
    assertThat(VsockAddress.parse("vsock:3:5000"))
        .isEqualTo(new VsockAddress(VsockAddress.CID_PARENT, 5000));
    assertThat(VsockAddress.parse("vsock:4294967294:4294967295"))
        .isEqualTo(new VsockAddress(4_294_967_294L, VsockAddress.PORT_ANY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vsock:0", "vsock:5000", "vsock:1:5000", "vsock:16:4294967295"})
  void toString_ofWhatWasParsed_isTheSameText(String text) {
    assertThat(VsockAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vsock",
        "vsock:",
        "vsock::5000",
        "vsock:1:",
        "vsock:1:2:3",
        "VSOCK:5000",
        "tcp:5000",
        "vsock:-1",
        "vsock:+1",
        "vsock:05000",
        "vsock:5000 ",
        "vsock:0x10",
        "vsock:4294967296",
        "vsock:4294967296:1",
        "vsock:99999999999",
        "vsock:\u0665",
        "5000"
      })
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> VsockAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "1,-1", "4294967296,1", "1,4294967296"})
  void constructor_beyond32Bits_isRefused(long cid, long port) {
    assertThatThrownBy(() -> new VsockAddress(cid, port))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
