package dev.occ.embedding.pkcs11;

import dev.occ.signer.Signer;
import java.util.Arrays;

/** The public key in CKA_EC_POINT. */
final class Ed25519Point {
  private static final int OCTET_STRING = 0x04;
  private static final int HEADER = 2;

  private Ed25519Point() {}

  /**
   * The RFC 8032 encoding out of a CKA_EC_POINT, which is a DER OCTET STRING in PKCS#11 3.0 and the
   * bare 32 bytes in modules that follow RFC 8410.
   *
   * @throws CryptokiException if it is neither
   */
  static byte[] decode(byte[] point) throws CryptokiException {
    if (point.length == Signer.PUBLIC_KEY_LENGTH) {
      return point.clone();
    }
    if (point.length == HEADER + Signer.PUBLIC_KEY_LENGTH
        && point[0] == OCTET_STRING
        && point[1] == Signer.PUBLIC_KEY_LENGTH) {
      return Arrays.copyOfRange(point, HEADER, point.length);
    }
    throw CryptokiException.malformed("CKA_EC_POINT is not an Ed25519 public key");
  }
}
