package dev.occ.verifier.crypto;

import java.math.BigInteger;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/**
 * A point of edwards25519 in affine coordinates (RFC 8032 section 5.1), slow and plain: for
 * signatures that no honest signer makes.
 */
record Edwards(BigInteger x, BigInteger y) {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The order of {@link #BASE}. */
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  static final Edwards NEUTRAL = new Edwards(BigInteger.ZERO, BigInteger.ONE);
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  static final Edwards BASE =
      new Edwards(
          new BigInteger(
              "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
          BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P));

  Edwards plus(Edwards other) {
    BigInteger xx = x.multiply(other.x);
    BigInteger yy = y.multiply(other.y);
    BigInteger product = D.multiply(xx).multiply(yy).mod(P);
    BigInteger newX =
        x.multiply(other.y)
            .add(y.multiply(other.x))
            .multiply(BigInteger.ONE.add(product).modInverse(P));
    BigInteger newY = yy.add(xx).multiply(BigInteger.ONE.subtract(product).modInverse(P));
    return new Edwards(newX.mod(P), newY.mod(P));
  }

  Edwards times(BigInteger factor) {
    Edwards sum = NEUTRAL;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      sum = sum.plus(sum);
      if (factor.testBit(bit)) {
        sum = sum.plus(this);
      }
    }
    return sum;
  }

  byte[] encoded() {
    byte[] encoded = littleEndian(y);
    encoded[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
    return encoded;
  }

  /** 32 bytes. */
  static byte[] littleEndian(BigInteger number) {
    return Arrays.reverse(BigIntegers.asUnsignedByteArray(32, number));
  }
}
