package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class Es384Test {
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final TestKey KEY = TestKey.named("key");

  private final Es384 verifier = Es384.forPoint(KEY.point(false));

  /** One case of Wycheproof's ecdsa_secp384r1_sha384_p1363 tests. */
  record Case(String name, String point, String message, String signature, boolean valid) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> wycheproof() {
    JsonNode file = Vectors.json("crypto/wycheproof_ecdsa_secp384r1_sha384_p1363_test.json");
    List<Case> cases = new ArrayList<>();
    for (JsonNode group : file.get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        cases.add(
            new Case(
                test.get("tcId").intValue() + " " + test.get("comment").stringValue(),
                group.get("publicKey").get("uncompressed").stringValue(),
                test.get("msg").stringValue(),
                test.get("sig").stringValue(),
                test.get("result").stringValue().equals("valid")));
      }
    }
    assertThat(cases).hasSize(file.get("numberOfTests").intValue()).hasSize(280);
    return cases;
  }

  @ParameterizedTest
  @MethodSource("wycheproof")
  void verify_wycheproof_agrees(Case test) {
    HexFormat hex = HexFormat.of();

    boolean valid =
        Es384.forPoint(hex.parseHex(test.point()))
            .verify(hex.parseHex(test.message()), hex.parseHex(test.signature()));

    assertThat(valid).isEqualTo(test.valid());
  }

  @Test
  void verify_sameKeyOften_staysRight() {
    byte[] signature = KEY.sign(MESSAGE);
    for (int i = 0; i < 3; i++) {
      assertThat(verifier.verify(MESSAGE, signature)).isTrue();
      assertThat(verifier.verify(new byte[] {1, 2, 4}, signature)).isFalse();
    }
  }

  @Test
  void verify_otherLength_isFalse() {
    byte[] signature = KEY.sign(MESSAGE);

    assertThat(verifier.verify(MESSAGE, Arrays.copyOf(signature, 95))).isFalse();
    assertThat(verifier.verify(MESSAGE, Arrays.copyOf(signature, 97))).isFalse();
    assertThat(verifier.verify(MESSAGE, Cbor.join(new byte[1], signature))).isFalse();
    assertThat(verifier.verify(MESSAGE, new byte[0])).isFalse();
  }

  @Test
  void verify_scalarOutOfRange_isFalse() {
    BigInteger n = TestKey.P384.getN();
    BigInteger[] good = KEY.signPair(MESSAGE);
    BigInteger max = BigInteger.ONE.shiftLeft(384).subtract(BigInteger.ONE);
    for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, n, max}) {
      assertThat(verifier.verify(MESSAGE, pair(bad, good[1]))).isFalse();
      assertThat(verifier.verify(MESSAGE, pair(good[0], bad))).isFalse();
      assertThat(verifier.verify(MESSAGE, pair(bad, bad))).isFalse();
    }
    assertThat(verifier.verify(MESSAGE, pair(good[0], good[1]))).isTrue();
  }

  @Test
  void isScalar_bounds_areOneAndOrderMinusOne() {
    BigInteger n = TestKey.P384.getN();

    assertThat(Es384.isScalar(BigInteger.ZERO)).isFalse();
    assertThat(Es384.isScalar(BigInteger.ONE)).isTrue();
    assertThat(Es384.isScalar(n.subtract(BigInteger.ONE))).isTrue();
    assertThat(Es384.isScalar(n)).isFalse();
    assertThat(Es384.isScalar(BigInteger.ONE.negate())).isFalse();
  }

  @Test
  void forPoint_noUncompressedPointOfTheCurve_isRefused() {
    byte[] point = KEY.point(false);
    byte[] offCurve = point.clone();
    offCurve[96] ^= 1;
    byte[] hybrid = point.clone();
    hybrid[0] = (byte) (6 | (point[96] & 1));
    byte[] beyondField = point.clone();
    Arrays.fill(beyondField, 1, 49, (byte) 0xFF);
    for (byte[] bad :
        new byte[][] {
          offCurve, hybrid, beyondField, KEY.point(true), new byte[1], new byte[0], new byte[97]
        }) {
      assertThatThrownBy(() -> Es384.forPoint(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    return Cbor.join(
        BigIntegers.asUnsignedByteArray(48, r), BigIntegers.asUnsignedByteArray(48, s));
  }
}
