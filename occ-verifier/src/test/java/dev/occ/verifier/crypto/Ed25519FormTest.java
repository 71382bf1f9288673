package dev.occ.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form alone: behind it BouncyCastle refuses most of this too, other providers do not. */
class Ed25519FormTest {
  private static final String ZEROS = "00".repeat(30);
  private static final String FF = "ff".repeat(30);
  private static final String L_START = "d3f55c1a631258d69cf7a2def9de14" + "00".repeat(15);

  private static boolean isCanonical(String r, String s) {
    return Ed25519Form.isCanonical(HexFormat.of().parseHex(r + s));
  }

  /** First and last byte of R, little-endian, with what is between them. */
  @ParameterizedTest
  @CsvSource({
    "00, 00, 00, true, zero",
    "01, 00, 00, true, one",
    "01, 00, 80, false, one and negative",
    "01, 00, 81, true, one and a high bit and negative",
    "02, 00, 80, true, two and negative",
    "ec, ff, 7f, true, the prime less one",
    "ec, ff, ff, false, the prime less one and negative",
    "ec, ff, fe, true, less than that by a high bit and negative",
    "eb, ff, ff, true, the prime less two and negative",
    "ed, ff, 7f, false, the prime",
    "ee, ff, 7f, false, the prime and one",
    "ff, ff, ff, false, all bits"
  })
  void isCanonical_r_asTheFieldSays(
      String first, String between, String last, boolean canonical, String name) {
    String r = first + (between.equals("ff") ? FF : ZEROS) + last;
    assertThat(isCanonical(r, "00".repeat(32))).as(name).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "ec, 10, true, the order less one",
    "ed, 10, false, the order",
    "ee, 10, false, the order and one",
    "ff, 0f, true, less in its highest byte",
    "00, 11, false, more in its highest byte",
    "ec, 90, false, with the bit that R has for its sign"
  })
  void isCanonical_s_belowTheOrder(String first, String last, boolean canonical, String name) {
    assertThat(isCanonical("00".repeat(32), first + L_START + last)).as(name).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 63, 65, 128})
  void isCanonical_otherLength_isNot(int length) {
    assertThat(Ed25519Form.isCanonical(new byte[64])).isTrue();
    assertThat(Ed25519Form.isCanonical(Arrays.copyOf(new byte[64], length))).isFalse();
  }
}
