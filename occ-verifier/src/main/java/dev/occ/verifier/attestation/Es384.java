package dev.occ.verifier.attestation;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * ECDSA on P-384 with SHA-384 and signatures r||s of exactly 96 bytes (ES384, RFC 9053 section
 * 2.1). A key is kept and used again where one is used often: BouncyCastle stores multiples of its
 * point with it. Thread-safe.
 */
final class Es384 {
  /** Bytes of r and s together. */
  static final int SIGNATURE_LENGTH = 96;

  /** Bytes of an uncompressed point: 4, x, y. */
  static final int POINT_LENGTH = 97;

  private static final int HALF = SIGNATURE_LENGTH / 2;
  private static final byte UNCOMPRESSED = 4;
  private static final ECDomainParameters P384 = p384();

  private final ECPublicKeyParameters key;

  private Es384(ECPublicKeyParameters key) {
    this.key = key;
  }

  private static ECDomainParameters p384() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp384r1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }

  /**
   * A verifier for one key.
   *
   * @param point an uncompressed point (SEC 1 section 2.3.3)
   * @throws IllegalArgumentException when that is of another form, not on the curve, or infinity
   */
  static Es384 forPoint(byte[] point) {
    if (point.length != POINT_LENGTH || point[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("not an uncompressed point of P-384");
    }
    // decodePoint checks the coordinates' range and the curve equation, the constructor the rest.
    return new Es384(new ECPublicKeyParameters(P384.getCurve().decodePoint(point), P384));
  }

  /** Whether the signature is of 96 bytes and verifies; r and s from 1 to n-1. */
  boolean verify(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, HALF));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, SIGNATURE_LENGTH));
    if (!isScalar(r) || !isScalar(s)) {
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    return verifier.verifySignature(sha384(message), r, s);
  }

  /** Whether a number is one of 1 to n-1. */
  static boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(P384.getN()) < 0;
  }

  private static byte[] sha384(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-384").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform lacks SHA-384", e);
    }
  }
}
