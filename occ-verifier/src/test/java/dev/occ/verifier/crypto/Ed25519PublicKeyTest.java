package dev.occ.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.occ.proof.Bytes;
import dev.occ.verifier.Vectors;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Ed25519PublicKeyTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8032, section 7.1, TEST 2. */
  private static final Bytes KEY =
      hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  private static final byte[] MESSAGE = {0x72};

  private static final Bytes SIGNATURE =
      hex(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

  /** y of all points of small order in canonical form; the sign bit gives the rest (RFC 7748). */
  private static final List<String> SMALL_ORDER =
      List.of(
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

  static Stream<Arguments> wycheproof() {
    return Stream.of(Through.values()).flatMap(Ed25519PublicKeyTest::wycheproof);
  }

  private static Stream<Arguments> wycheproof(Through through) {
    JsonNode groups = Vectors.json("crypto/wycheproof_ed25519_test.json").required("testGroups");
    return groups
        .valueStream()
        .flatMap(
            group ->
                group
                    .required("tests")
                    .valueStream()
                    .map(
                        test ->
                            arguments(
                                through,
                                test.required("tcId").asInt(),
                                test.required("comment").asString(),
                                group.required("publicKey").required("pk").asString(),
                                test)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("wycheproof")
  void verifies_wycheproof_asTheVectorSays(
      Through through, int id, String comment, String key, JsonNode test) {
    String result = test.required("result").asString();

    // There are no "acceptable" cases in this file; one that came later must be decided here.
    assertThat(result).isIn("valid", "invalid");
    assertThat(verifies(through, hex(key), text(test, "msg"), text(test, "sig")))
        .isEqualTo(result.equals("valid"));
  }

  @Test
  void wycheproof_allCases_areThere() {
    assertThat(wycheproof()).hasSize(151 * Through.values().length);
  }

  @ParameterizedTest
  @EnumSource
  void verifies_speccheck_justCases2To5(Through through) {
    JsonNode cases = Vectors.json("crypto/ed25519_speccheck.json");
    Set<Integer> passing = Set.of(2, 3, 4, 5);

    assertThat(cases).hasSize(12);
    for (int i = 0; i < cases.size(); i++) {
      JsonNode one = cases.get(i);
      assertThat(
              verifies(
                  through, hex(text(one, "pub_key")), text(one, "message"), text(one, "signature")))
          .as("speccheck case %d", i)
          .isEqualTo(passing.contains(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void verifies_rfc8032_true(Through through) {
    assertThat(key(through).verifies(MESSAGE, SIGNATURE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void verifies_anyBitOfSignatureFlipped_false(Through through) {
    Ed25519PublicKey key = key(through);

    assertThat(IntStream.range(0, 512).filter(i -> key.verifies(MESSAGE, flipped(SIGNATURE, i))))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void verifies_otherMessage_false(Through through) {
    assertThat(key(through).verifies(new byte[] {0x73}, SIGNATURE)).isFalse();
    assertThat(key(through).verifies(new byte[0], SIGNATURE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 63, 65, 128})
  void verifies_signatureOfAnotherLength_false(int length) {
    byte[] other = Arrays.copyOf(SIGNATURE.toByteArray(), length);

    for (Through through : Through.values()) {
      assertThat(key(through).verifies(MESSAGE, Bytes.of(other))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  void of_keyOfAnotherLength_empty(int length) {
    Bytes other = Bytes.of(Arrays.copyOf(KEY.toByteArray(), length));

    assertThat(CryptoProvider.bouncyCastle().ed25519Key(other)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void of_smallOrder_empty(Through through) {
    CryptoProvider crypto = through.crypto();

    assertThat(SMALL_ORDER)
        .allSatisfy(point -> assertThat(crypto.ed25519Key(hex(point))).isEmpty());
  }

  /** y = p + 1 and the like: points that have a canonical encoding too, and lesser ones. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void of_notCanonical_empty(String encoded) {
    assertThat(CryptoProvider.bouncyCastle().ed25519Key(hex(encoded))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void of_notOnTheCurve_empty(Through through) {
    // x^2 = (y^2 - 1) / (d y^2 + 1) has no root for y = 2.
    assertThat(through.crypto().ed25519Key(hex("02" + "00".repeat(31)))).isEmpty();
  }

  private static Ed25519PublicKey key(Through through) {
    return through.crypto().ed25519Key(KEY).orElseThrow();
  }

  private static boolean verifies(Through through, Bytes key, String message, String signature) {
    return through
        .crypto()
        .ed25519Key(key)
        .map(point -> point.verifies(HEX.parseHex(message), hex(signature)))
        .orElse(false);
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).asString();
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    byte[] changed = bytes.toByteArray();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.of(changed);
  }

  private static Bytes hex(String digits) {
    return Bytes.of(HEX.parseHex(digits));
  }
}
