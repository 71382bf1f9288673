package dev.occ.programs.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SignatureException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaDerTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @ParameterizedTest
  @CsvSource({
    "3006020101020102, 00010002",
    "300702020080020102, 00800002",
    "30080202010202020304, 01020304",
    "300902030081020202017f, 8102017f",
    "3006020100020100, 00000000"
  })
  void toFixedLength_strictDer_isPaddedInFront(String der, String fixed) throws Exception {
    assertThat(EcdsaDer.toFixedLength(hex(der), 2).toHex()).isEqualTo(fixed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3006020101",
        "3106020101020102", // no SEQUENCE
        "3006030101020102", // no INTEGER
        "300602010102010200", // trailing byte
        "3007020101020102", // length too long
        "3005020101020102", // length too short
        "300602017f0201ff", // negative
        "30070202007f020102", // zero in front without need
        "300502000201020102",
        "3008020301020302010203", // too long a number
        "308106020101020102", // long form without need
        "30820006020101020102",
        "3080020101020102000000"
      })
  void toFixedLength_anythingElse_isRefused(String der) {
    assertThatThrownBy(() -> EcdsaDer.toFixedLength(hex(der), 2))
        .isInstanceOf(SignatureException.class);
  }
}
