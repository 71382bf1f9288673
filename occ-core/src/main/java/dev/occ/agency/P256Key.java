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

  private final byte[] der;
  private final P256Curve.Point point;

  private P256Key(byte[] der, P256Curve.Point point) {
    this.der = der;
    this.point = point;
  }

  /** Checks form and point; as the curve's cofactor is 1, a point on it is a valid key. */
  static P256Key read(Bytes spki) throws AgencyException {
    byte[] der = spki.toByteArray();
    if (der.length != LENGTH || !Arrays.equals(der, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      throw new AgencyException(
          AgencyRejection.KEY_INVALID,
          "the public key is not a P-256 SubjectPublicKeyInfo of 91 bytes");
    }
    P256Curve.Point point =
        new P256Curve.Point(
            coordinate(der, HEADER.length), coordinate(der, HEADER.length + COORDINATE_LENGTH));
    if (!point.isOnCurve()) {
      throw new AgencyException(
          AgencyRejection.KEY_INVALID, "the public key is not a point of P-256");
    }
    return new P256Key(der, point);
  }

  /** The checked form; not to be changed. */
  byte[] der() {
    return der;
  }

  P256Curve.Point point() {
    return point;
  }

  private static BigInteger coordinate(byte[] der, int from) {
    return new BigInteger(1, der, from, COORDINATE_LENGTH);
  }
}
