package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.DER_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.DER_TOO_DEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerGuardTest {
  /** Zeros behind what tag and length say. */
  private static byte[] value(String header, int zeros) {
    byte[] start = HexFormat.of().parseHex(header);
    return Arrays.copyOf(start, start.length + zeros);
  }

  private static void assertReason(byte[] der, TimestampRejection reason) {
    assertThatThrownBy(() -> DerGuard.read(der))
        .isInstanceOfSatisfying(
            TimestampException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "0400, 0",
    "047f, 127",
    "048180, 128",
    "0481ff, 255",
    "04820100, 256",
    "0482ffff, 65535",
    "0483010000, 65536"
  })
  void read_lengthInItsShortestForm_isTheValue(String header, int length)
      throws TimestampException {
    assertThat(DerGuard.read(value(header, length)))
        .isInstanceOfSatisfying(
            ASN1OctetString.class,
            octets -> assertThat(octets.getOctets()).isEqualTo(new byte[length]));
  }

  /** Each has a byte more than it says, so that only the guard itself can call it malformed. */
  @ParameterizedTest
  @CsvSource({
    "0480, 128",
    "04817f, 127",
    "04820080, 128",
    "048200ff, 255",
    "0483000100, 256",
    "048300ffff, 65535"
  })
  void read_lengthInALongerFormOrNone_refused(String header, int length) {
    assertReason(value(header, length + 1), DER_MALFORMED);
  }

  /** 16 MiB that are all there: the length is too long, and not what it stands for. */
  @Test
  void read_lengthOfFourOctets_refused() {
    assertReason(value("048401000000", 1 << 24), DER_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30", // no length
        "3081", // no octets of it
        "308201", // one of two
        "30830100", // two of three
        "308180", // no content
        "3001", // the one byte of content is missing
        "3005020100", // two bytes are missing
        "300102", // the tag of another value, and the end
        "30020481", // no octets of an inner length
        "3003048201", // one of two
        "30020401", // no inner content
        "30073004020100" + "0500", // the inner one ends after a tag, though more follows
        "3008300304020000" + "0500" // the innermost is longer than the inner, though more follows
      })
  void read_cutOff_refused(String der) {
    assertReason(HexFormat.of().parseHex(der), DER_MALFORMED);
  }

  @Test
  void read_nesting_of32Levels() throws TimestampException, IOException {
    assertThat(DerGuard.read(tower(32))).isNotNull();
    assertReason(tower(33), DER_TOO_DEEP);
  }

  private static byte[] tower(int levels) throws IOException {
    ASN1Encodable value = DERNull.INSTANCE;
    for (int i = 0; i < levels; i++) {
      value = new DERSequence(value);
    }
    return value.toASN1Primitive().getEncoded();
  }
}
