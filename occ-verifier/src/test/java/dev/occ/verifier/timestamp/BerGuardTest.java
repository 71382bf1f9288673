package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.DER_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.DER_TOO_DEEP;
import static dev.occ.verifier.timestamp.TimestampRejection.DER_TRAILING_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BerGuardTest {
  private static void assertReason(String ber, TimestampRejection reason) {
    assertThatThrownBy(() -> BerGuard.read(HexFormat.of().parseHex(ber)))
        .isInstanceOfSatisfying(
            TimestampException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "3003020105, 3003020105",
    "30800201050000, 3003020105",
    "308103020105, 3003020105",
    "308400000003020105, 3003020105",
    "24800401010401020000, 04020102",
    "2406040101040102, 04020102",
    "3080308002010500000201060000, 30083003020105020106"
  })
  void read_ber_isTheValueInDer(String ber, String der) throws Exception {
    assertThat(BerGuard.read(HexFormat.of().parseHex(ber)).getEncoded("DL"))
        .isEqualTo(HexFormat.of().parseHex(der));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "0480000000", // a primitive value of indefinite length
        "308002010500", // half an end
        "3080020105", // no end
        "30050201050000", // an end inside of a definite length
        "0000", // an end of nothing
        "3085000000000302010500", // five octets of length
        "3084ffffffff020105", // more than there can be
        "3084800000000201", // a negative number, if it were one
        "3004308002010000", // the end stands outside of the definite length
        "1f81010100" // a high tag
      })
  void read_notBer_refused(String ber) {
    assertReason(ber, DER_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30030201050000", "308002010500000000", "05000500"})
  void read_bytesBehind_refused(String ber) {
    assertReason(ber, DER_TRAILING_BYTES);
  }

  @Test
  void read_indefiniteNesting_of32Levels() throws TimestampException, IOException {
    assertThat(BerGuard.read(HexFormat.of().parseHex(tower(32)))).isNotNull();
    assertReason(tower(33), DER_TOO_DEEP);
    assertReason("3080".repeat(30_000), DER_TOO_DEEP);
  }

  private static String tower(int levels) {
    return "3080".repeat(levels) + "0500" + "0000".repeat(levels);
  }
}
