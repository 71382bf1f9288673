package dev.occ.verifier.crypto;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.jspecify.annotations.Nullable;

/**
 * A P-384 public key that verifies ECDSA signatures with SHA-384: ES384 (RFC 9053 section 2.1), and
 * ecdsa-with-SHA384 of certificates (RFC 5758 section 3.2). Immutable and thread-safe.
 *
 * <p>A key is kept and used again where one is used often: BouncyCastle stores multiples of its
 * point with it.
 */
@CheckReturnValue
public final class Es384Key {
  /** Bytes of r and s together. */
  public static final int SIGNATURE_LENGTH = 96;

  /** Bytes of an uncompressed point: 4, x, y. */
  public static final int POINT_LENGTH = 97;

  private static final int HALF = SIGNATURE_LENGTH / 2;
  private static final byte UNCOMPRESSED = 4;
  private static final ECDomainParameters P384 = p384();

  private final Bytes point;
  private final ECPublicKeyParameters key;
  private final @Nullable JcaKey preferred;

  private Es384Key(Bytes point, ECPublicKeyParameters key, @Nullable JcaKey preferred) {
    this.point = point;
    this.key = key;
    this.preferred = preferred;
  }

  private static ECDomainParameters p384() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp384r1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }

  static Optional<Es384Key> of(Bytes point, @Nullable Provider preferred) {
    if (point.size() != POINT_LENGTH || point.get(0) != UNCOMPRESSED) {
      return Optional.empty();
    }
    byte[] encoded = point.toByteArray();
    ECPublicKeyParameters key;
    try {
      // decodePoint checks the coordinates' range and the curve equation, the constructor the rest.
      key = new ECPublicKeyParameters(P384.getCurve().decodePoint(encoded), P384);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    JcaKey first = JcaKey.ifPossible(JcaKey::es384, preferred, encoded).orElse(null);
    return Optional.of(new Es384Key(point, key, first));
  }

  /**
   * The key itself.
   *
   * @return an uncompressed point, {@value #POINT_LENGTH} bytes
   */
  public Bytes point() {
    return point;
  }

  /**
   * Whether an ES384 signature holds.
   *
   * @param message what was signed, of any length; not kept
   * @param signature r and s, big-endian, of {@value #SIGNATURE_LENGTH} bytes and each from 1 to
   *     n-1, or it does not hold; not kept
   * @return true if it does
   */
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, HALF));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, SIGNATURE_LENGTH));
    if (!isScalar(r) || !isScalar(s)) {
      return false;
    }
    if (preferred != null && preferred.accepts(message, signature)) {
      return true;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    return verifier.verifySignature(sha384(message), r, s);
  }

  /**
   * Whether a signature of a certificate holds.
   *
   * @param message what was signed, of any length; not kept
   * @param signature an Ecdsa-Sig-Value in DER (RFC 3279 section 2.2.3), r and s each from 1 to
   *     n-1, or it does not hold; not kept
   * @return true if it does
   */
  public boolean verifiesDer(byte[] message, byte[] signature) {
    byte[] plain;
    try {
      // Decodes only what it would encode the same.
      BigInteger[] pair = StandardDSAEncoding.INSTANCE.decode(P384.getN(), signature);
      plain = PlainDSAEncoding.INSTANCE.encode(P384.getN(), pair[0], pair[1]);
    } catch (IOException | RuntimeException e) {
      // The decoder reports bad structure with several unchecked exceptions.
      return false;
    }
    return verifies(message, plain);
  }

  /**
   * Whether a number can be one half of a signature.
   *
   * @param number any number
   * @return true from 1 to n-1, where n is the order of P-384's base point
   */
  public static boolean isScalar(BigInteger number) {
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
