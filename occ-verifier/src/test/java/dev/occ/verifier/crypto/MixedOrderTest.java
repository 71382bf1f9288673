package dev.occ.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keys and signatures with parts of small order, where implementations disagree: with cofactor each
 * of the 64 combinations holds, without it only some do. The verdict must be the same through each
 * provider.
 */
final class MixedOrderTest {
  private static final BigInteger SECRET = BigInteger.valueOf(0x5EC1E7);
  private static final BigInteger NONCE = BigInteger.valueOf(0x60C0DE);
  private static final byte[] MESSAGE = {1, 2, 3};

  /** A point of order 8; the others of small order are its multiples. */
  private static final Edwards ORDER_8 =
      new Edwards(
          new BigInteger(
              "14399317868200118260347934320527232580618823971194345261214217575416788799818"),
          new BigInteger(
              "2707385501144840649318225287225658788936804267575313519463743609750303402022"));

  @ParameterizedTest
  @EnumSource
  void verifies_anyPartsOfSmallOrder_true(Through through) throws Exception {
    CryptoProvider crypto = through.crypto();
    for (Edwards inKey : torsion()) {
      Edwards key = Edwards.BASE.times(SECRET).plus(inKey);
      Ed25519PublicKey checked = crypto.ed25519Key(Bytes.of(key.encoded())).orElseThrow();
      for (Edwards inNonce : torsion()) {
        Edwards r = Edwards.BASE.times(NONCE).plus(inNonce);
        BigInteger s = answer(r, key);
        assertThat(checked.verifies(MESSAGE, signature(r, s))).isTrue();
        assertThat(checked.verifies(new byte[3], signature(r, s))).isFalse();
        assertThat(checked.verifies(MESSAGE, signature(r, s.add(Edwards.L)))).isFalse();
        assertThat(checked.verifies(MESSAGE, signature(r.plus(Edwards.BASE), s))).isFalse();
      }
    }
  }

  /** An R of small order by itself: S then is k times the secret. */
  @ParameterizedTest
  @EnumSource
  void verifies_rOfSmallOrder_true(Through through) throws Exception {
    Edwards key = Edwards.BASE.times(SECRET);
    Ed25519PublicKey checked = through.crypto().ed25519Key(Bytes.of(key.encoded())).orElseThrow();
    for (Edwards r : torsion()) {
      BigInteger s = hash(r, key).multiply(SECRET).mod(Edwards.L);
      assertThat(checked.verifies(MESSAGE, signature(r, s))).isTrue();
    }
  }

  private static List<Edwards> torsion() {
    List<Edwards> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      points.add(ORDER_8.times(BigInteger.valueOf(i)));
    }
    assertThat(points).doesNotHaveDuplicates();
    assertThat(ORDER_8.times(BigInteger.valueOf(8))).isEqualTo(Edwards.NEUTRAL);
    return points;
  }

  private static BigInteger answer(Edwards r, Edwards key) throws Exception {
    return hash(r, key).multiply(SECRET).add(NONCE).mod(Edwards.L);
  }

  private static BigInteger hash(Edwards r, Edwards key) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-512")
            .digest(Arrays.concatenate(r.encoded(), key.encoded(), MESSAGE));
    return new BigInteger(1, Arrays.reverse(digest)).mod(Edwards.L);
  }

  private static Bytes signature(Edwards r, BigInteger s) {
    return Bytes.of(Arrays.concatenate(r.encoded(), Edwards.littleEndian(s)));
  }
}
