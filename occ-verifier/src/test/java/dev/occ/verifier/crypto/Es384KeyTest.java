package dev.occ.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.verifier.Vectors;
import dev.occ.verifier.attestation.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class Es384KeyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final TestKey KEY = TestKey.named("key");

  /** One case of Wycheproof's ecdsa_secp384r1_sha384_p1363 tests. */
  record Case(String name, String point, String message, String signature, boolean valid) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> wycheproof() {
    List<Case> cases = cases();
    return Stream.of(Through.values())
        .flatMap(through -> cases.stream().map(test -> Arguments.of(through, test)));
  }

  private static List<Case> cases() {
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
  void verifies_wycheproof_agrees(Through through, Case test) {
    Es384Key key = key(through, HEX.parseHex(test.point()));

    boolean valid = key.verifies(HEX.parseHex(test.message()), HEX.parseHex(test.signature()));

    assertThat(valid).isEqualTo(test.valid());
  }

  @ParameterizedTest
  @EnumSource
  void verifies_sameKeyOften_staysRight(Through through) {
    Es384Key key = key(through, KEY.point(false));
    byte[] signature = KEY.sign(MESSAGE);
    for (int i = 0; i < 3; i++) {
      assertThat(key.verifies(MESSAGE, signature)).isTrue();
      assertThat(key.verifies(new byte[] {1, 2, 4}, signature)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void verifies_otherLength_isFalse(Through through) {
    Es384Key key = key(through, KEY.point(false));
    byte[] signature = KEY.sign(MESSAGE);

    assertThat(key.verifies(MESSAGE, Arrays.copyOfRange(signature, 0, 95))).isFalse();
    assertThat(key.verifies(MESSAGE, Arrays.copyOfRange(signature, 0, 97))).isFalse();
    assertThat(key.verifies(MESSAGE, Arrays.concatenate(new byte[1], signature))).isFalse();
    assertThat(key.verifies(MESSAGE, new byte[0])).isFalse();
    assertThat(key.verifies(MESSAGE, der(KEY.signPair(MESSAGE)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void verifies_scalarOutOfRange_isFalse(Through through) {
    Es384Key key = key(through, KEY.point(false));
    BigInteger n = TestKey.P384.getN();
    BigInteger[] good = KEY.signPair(MESSAGE);
    BigInteger max = BigInteger.ONE.shiftLeft(384).subtract(BigInteger.ONE);
    for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, n, max}) {
      assertThat(key.verifies(MESSAGE, pair(bad, good[1]))).isFalse();
      assertThat(key.verifies(MESSAGE, pair(good[0], bad))).isFalse();
      assertThat(key.verifies(MESSAGE, pair(bad, bad))).isFalse();
    }
    assertThat(key.verifies(MESSAGE, pair(good[0], good[1]))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void verifiesDer_strictDer_only(Through through) {
    Es384Key key = key(through, KEY.point(false));
    byte[] good = der(KEY.signPair(MESSAGE));

    assertThat(key.verifiesDer(MESSAGE, good)).isTrue();
    assertThat(key.verifiesDer(new byte[] {1, 2, 4}, good)).isFalse();
    assertThat(key.verifiesDer(MESSAGE, KEY.sign(MESSAGE))).isFalse();
    assertThat(key.verifiesDer(MESSAGE, new byte[0])).isFalse();
    assertThat(key.verifiesDer(MESSAGE, new byte[] {2, 1, 1})).isFalse();
    assertThat(key.verifiesDer(MESSAGE, Arrays.copyOfRange(good, 0, good.length + 1))).isFalse();
    assertThat(key.verifiesDer(MESSAGE, Arrays.copyOfRange(good, 0, good.length - 1))).isFalse();
    assertThat(key.verifiesDer(MESSAGE, longLength(good))).isFalse();
    assertThat(key.verifiesDer(MESSAGE, indefiniteLength(good))).isFalse();
    assertThat(key.verifiesDer(MESSAGE, paddedR(good))).isFalse();
  }

  @Test
  void isScalar_bounds_areOneAndOrderMinusOne() {
    BigInteger n = TestKey.P384.getN();

    assertThat(Es384Key.isScalar(BigInteger.ZERO)).isFalse();
    assertThat(Es384Key.isScalar(BigInteger.ONE)).isTrue();
    assertThat(Es384Key.isScalar(n.subtract(BigInteger.ONE))).isTrue();
    assertThat(Es384Key.isScalar(n)).isFalse();
    assertThat(Es384Key.isScalar(BigInteger.ONE.negate())).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void es384Key_noUncompressedPointOfTheCurve_isEmpty(Through through) {
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
      assertThat(through.crypto().es384Key(Bytes.of(bad))).isEmpty();
    }
    assertThat(key(through, point).point()).isEqualTo(Bytes.of(point));
  }

  private static Es384Key key(Through through, byte[] point) {
    return through.crypto().es384Key(Bytes.of(point)).orElseThrow();
  }

  private static byte[] der(BigInteger[] pair) {
    try {
      return StandardDSAEncoding.INSTANCE.encode(TestKey.P384.getN(), pair[0], pair[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    return Arrays.concatenate(
        BigIntegers.asUnsignedByteArray(48, r), BigIntegers.asUnsignedByteArray(48, s));
  }

  /** The outer length in two bytes. */
  private static byte[] longLength(byte[] der) {
    byte[] head = {der[0], (byte) 0x81, der[1]};
    return Arrays.concatenate(head, Arrays.copyOfRange(der, 2, der.length));
  }

  private static byte[] indefiniteLength(byte[] der) {
    byte[] head = {der[0], (byte) 0x80};
    byte[] body = Arrays.copyOfRange(der, 2, der.length);
    return Arrays.concatenate(head, body, new byte[2]);
  }

  /** One zero more in front of r. */
  private static byte[] paddedR(byte[] der) {
    byte[] head = {der[0], (byte) (der[1] + 1), der[2], (byte) (der[3] + 1), 0};
    return Arrays.concatenate(head, Arrays.copyOfRange(der, 4, der.length));
  }
}
