package dev.occ.agency;

import dev.occ.proof.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key of P-256 in the one form that is accepted: SubjectPublicKeyInfo (RFC 5480) with the
 * curve given by name and an uncompressed point, 91 bytes of DER.
 *
 * <p>A compressed point names the same key in another form. It is refused, because the key id is a
 * hash of the form: one key would have two ids, of which an allow-list knows one. Browsers,
 * WebCrypto and secure enclaves all give the uncompressed form.
 */
final class P256Key {
  private static final byte[] HEADER =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
  private static final int COORDINATE_LENGTH = 32;
  private static final int LENGTH = HEADER.length + 2 * COORDINATE_LENGTH;

  /** The field's prime (NIST SP 800-186 section 3.2.1.3). */
  private static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final byte[] der;

  private P256Key(byte[] der) {
    this.der = der;
  }

  /** Checks form and point; as the curve's cofactor is 1, a point on it is a valid key. */
  static P256Key read(Bytes spki) throws AgencyException {
    byte[] der = spki.toByteArray();
    if (der.length != LENGTH || !Arrays.equals(der, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      throw new AgencyException(
          AgencyRejection.KEY_INVALID,
          "the public key is not a P-256 SubjectPublicKeyInfo of 91 bytes");
    }
    BigInteger x = coordinate(der, HEADER.length);
    BigInteger y = coordinate(der, HEADER.length + COORDINATE_LENGTH);
    if (!isOnCurve(x, y)) {
      throw new AgencyException(
          AgencyRejection.KEY_INVALID, "the public key is not a point of P-256");
    }
    return new P256Key(der);
  }

  /** The checked form; not to be changed. */
  byte[] der() {
    return der;
  }

  /** Whether the coordinates are in their shortest form and fulfil y^2 = x^3 - 3x + b. */
  private static boolean isOnCurve(BigInteger x, BigInteger y) {
    BigInteger right = x.multiply(x).subtract(THREE).multiply(x).add(B);
    return x.compareTo(P) < 0
        && y.compareTo(P) < 0
        && y.multiply(y).subtract(right).mod(P).signum() == 0;
  }

  private static BigInteger coordinate(byte[] der, int from) {
    return new BigInteger(1, der, from, COORDINATE_LENGTH);
  }
}
