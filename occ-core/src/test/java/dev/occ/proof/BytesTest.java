package dev.occ.proof;

import static dev.occ.json.JsonException.Reason.INVALID_BASE64;
import static dev.occ.json.JsonException.Reason.INVALID_HEX;
import static dev.occ.json.JsonException.Reason.INVALID_LENGTH;
import static dev.occ.testing.Json.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A", // a quarter of nothing
        "AA",
        "AAA", // padding missing
        "AA=",
        "AA===",
        "AAA==",
        "AAAA=",
        "AAAA====",
        "=",
        "==",
        "====", // padding wrong
        "AB==",
        "AP==",
        "AAB=",
        "AAD=", // bits set behind the last byte
        "AAAAAB==", // the same in the last group of several
        "AA==AAAA",
        "A=AA",
        "AA=A", // padding in the middle
        " AAAA",
        "AAAA ",
        "AA AA",
        "AAAA\n",
        "AA\r\nAA",
        "\tAA==", // white space
        "-_-_",
        "AA-A",
        "A_A=", // the alphabet for URLs
        "AAAA,",
        "AAA!",
        "AAA\u0000",
        "AAA\u00e9",
        "AAA\u0141",
        "AA\ud83d\ude00",
        "\uff21AAA"
      })
  void fromBase64_textThatIsNotCanonical_isRefused(String text) {
    assertRefused(() -> Bytes.fromBase64(text), INVALID_BASE64, "");
  }

  @Test
  void fromBase64_bytesOfEveryLength_areReadAndWrittenBack() throws Exception {
    Random random = new Random(7);
    for (int length = 0; length < 100; length++) {
      byte[] value = new byte[length];
      random.nextBytes(value);
      String text = Base64.getEncoder().encodeToString(value);
      assertThat(Bytes.fromBase64(text).toByteArray()).isEqualTo(value);
      assertThat(Bytes.fromBase64(text).toBase64()).isEqualTo(text);
    }
  }

  @Test
  void fromBase64_everyLastCharacter_isAcceptedOnlyWithoutTrailingBits() throws Exception {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      String oneByte = "A" + alphabet.charAt(i) + "==";
      String twoBytes = "AA" + alphabet.charAt(i) + "=";
      assertCanonicalOnly(oneByte, i % 16 == 0);
      assertCanonicalOnly(twoBytes, i % 4 == 0);
    }
  }

  private static void assertCanonicalOnly(String text, boolean canonical) throws Exception {
    if (canonical) {
      assertThat(Bytes.fromBase64(text).toBase64()).isEqualTo(text);
    } else {
      assertRefused(() -> Bytes.fromBase64(text), INVALID_BASE64, "");
    }
  }

  @Test
  void fromBase64_otherLengthThanAsked_isRefused() throws Exception {
    assertThat(Bytes.fromBase64("AAAA", 3).size()).isEqualTo(3);
    assertRefused(() -> Bytes.fromBase64("AAAA", 2), INVALID_LENGTH, "");
    assertRefused(() -> Bytes.fromBase64("AAAA", 4), INVALID_LENGTH, "");
    assertRefused(() -> Bytes.fromBase64("", 1), INVALID_LENGTH, "");
    assertRefused(() -> Bytes.fromBase64("AB==", 2), INVALID_BASE64, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "abc", "AB", "aB", "0g", "0x", " 00", "00 ", "-1", "\u0661\u0661"})
  void fromHex_textThatIsNotLowerCaseHex_isRefused(String text) {
    assertRefused(() -> Bytes.fromHex(text), INVALID_HEX, "");
  }

  @ParameterizedTest
  @CsvSource({"'',''", "00,AA==", "0aff,Cv8=", "deadbeef,3q2+7w==", "09af90fa,Ca+Q+g=="})
  void fromHex_lowerCaseHex_isReadAndWrittenBack(String hex, String base64) throws Exception {
    assertThat(Bytes.fromHex(hex)).isEqualTo(Bytes.fromBase64(base64)).hasToString(base64);
    assertThat(Bytes.fromHex(hex).toHex()).isEqualTo(hex);
  }

  @Test
  void of_arrayChangedAfterwards_leavesTheBytesAlone() {
    byte[] array = {1, 2, 3};
    Bytes bytes = Bytes.of(array);
    array[0] = 9;
    bytes.toByteArray()[1] = 9;
    assertThat(bytes.toHex()).isEqualTo("010203");
  }

  @Test
  void equals_sameBytes_isEqualInValueAndHash() {
    Bytes bytes = Bytes.of(new byte[] {1, 2});
    assertThat(bytes)
        .isEqualTo(Bytes.of(new byte[] {1, 2}))
        .hasSameHashCodeAs(Bytes.of(new byte[] {1, 2}))
        .isNotEqualTo(Bytes.of(new byte[] {1, 3}))
        .isNotEqualTo(Bytes.of(new byte[] {1, 2, 0}))
        .isNotEqualTo("AQI=");
  }

  @Test
  void get_outsideTheBytes_throws() {
    Bytes bytes = Bytes.of(new byte[] {(byte) 0x80});
    assertThat(bytes.get(0)).isEqualTo((byte) 0x80);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bytes.get(1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bytes.get(-1));
  }

  @Test
  void isAllZero_ofBytes_looksAtEveryOne() {
    assertThat(Bytes.of(new byte[48]).isAllZero()).isTrue();
    assertThat(Bytes.of(new byte[0]).isAllZero()).isTrue();
    for (int i = 0; i < 48; i++) {
      byte[] value = new byte[48];
      value[i] = (byte) 0x80;
      assertThat(Bytes.of(value).isAllZero()).as("byte %s", i).isFalse();
    }
  }

  @Test
  void sha256_ofAbc_isTheStandardsExample() {
    // FIPS 180-4's example "abc".
    assertThat(Bytes.sha256(new byte[] {'a', 'b', 'c'}).toHex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Bytes.newSha256()).isNotSameAs(Bytes.newSha256());
  }

  /** Long texts are decoded in pieces, which must not show. */
  @Test
  void fromBase64_longTexts_areReadWholeOrRefused() throws Exception {
    Random random = new Random(20261125);
    for (int length : new int[] {1540, 1541, 1542, 3071, 3072, 3073, 9000, 9001}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = Base64.getEncoder().encodeToString(bytes);
      assertThat(Bytes.fromBase64(text)).isEqualTo(Bytes.of(bytes));
      for (int at : new int[] {0, 1, 2043, 2044, 2045, 2046, 2047, text.length() - 5}) {
        for (String wrong :
            List.of("=", "==", "\n", " ", "-", "_", "é", "\u0141", "\uD83D\uDE00")) {
          String bad = text.substring(0, at) + wrong + text.substring(at + wrong.length());
          assertRefused(() -> Bytes.fromBase64(bad), INVALID_BASE64, "");
        }
      }
      assertRefused(() -> Bytes.fromBase64(text + "="), INVALID_BASE64, "");
      assertRefused(() -> Bytes.fromBase64(text + "===="), INVALID_BASE64, "");
      assertRefused(() -> Bytes.fromBase64("====" + text), INVALID_BASE64, "");
      assertRefused(() -> Bytes.fromBase64(text.substring(1)), INVALID_BASE64, "");
    }
  }
}
