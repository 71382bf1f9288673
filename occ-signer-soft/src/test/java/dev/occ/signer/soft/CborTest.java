package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborTest {
  /** RFC 8949, appendix A. */
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "23, 17",
    "24, 1818",
    "25, 1819",
    "100, 1864",
    "255, 18ff",
    "256, 190100",
    "1000, 1903e8",
    "65535, 19ffff",
    "65536, 1a00010000",
    "1000000, 1a000f4240",
    "4294967295, 1affffffff",
    "4294967296, 1b0000000100000000",
    "1000000000000, 1b000000e8d4a51000",
    "9223372036854775807, 1b7fffffffffffffff",
    "-1, 20",
    "-10, 29",
    "-35, 3822",
    "-100, 3863",
    "-1000, 3903e7",
    "-9223372036854775808, 3b7fffffffffffffff",
  })
  void integer_ofAnySize_hasTheShortestHead(long value, String encoded) {
    assertThat(hex(Cbor.integer(value))).isEqualTo(encoded);
  }

  @Test
  void items_fromAppendixA_areEncodedAsThere() {
    assertThat(hex(Cbor.bytes(new byte[] {1, 2, 3, 4}))).isEqualTo("4401020304");
    assertThat(hex(Cbor.text("\u00fc"))).isEqualTo("62c3bc");
    assertThat(hex(Cbor.text("\ud800\udd51"))).isEqualTo("64f0908591");
    assertThat(hex(Cbor.array(List.of(Cbor.integer(1), Cbor.integer(2))))).isEqualTo("820102");
    assertThat(hex(Cbor.map(List.of(Cbor.integer(1), Cbor.integer(2))))).isEqualTo("a10102");
    assertThat(hex(Cbor.map(List.of()))).isEqualTo("a0");
    assertThat(hex(Cbor.nullItem())).isEqualTo("f6");
    assertThat(hex(Cbor.tag(32, Cbor.text("a")))).isEqualTo("d8206161");
  }

  @Test
  void bytes_longerThanTwoByteLengths_areEncoded() {
    byte[] encoded = Cbor.bytes(new byte[70_000]);
    assertThat(encoded).hasSize(70_005).startsWith(0x5a, 0x00, 0x01, 0x11, 0x70);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
