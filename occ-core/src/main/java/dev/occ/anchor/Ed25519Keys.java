package dev.occ.anchor;

import dev.occ.proof.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * Ed25519 (RFC 8032) by the Java runtime: an enclave has no other, and anchors are few.
 *
 * <p>The JDK checks the equation without cofactor, and S below the group's order. What is added
 * here is the form of the public key.
 */
final class Ed25519Keys {
  static final int KEY_LENGTH = 32;
  static final int SIGNATURE_LENGTH = 64;

  private static final String ALGORITHM = "Ed25519";
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The y-coordinates of the eight points of small order: orders 1, 2, 4, 8 and 8. */
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ONE,
          PRIME.subtract(BigInteger.ONE),
          BigInteger.ZERO,
          new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
          new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

  private Ed25519Keys() {}

  static PublicKey publicKey(Bytes encoded) {
    if (encoded.size() != KEY_LENGTH) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + encoded.size());
    }
    byte[] bigEndian = reversed(encoded.toByteArray());
    boolean isOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7F;
    BigInteger y = new BigInteger(1, bigEndian);
    if (y.compareTo(PRIME) >= 0) {
      throw new IllegalArgumentException("the Ed25519 key is not canonical");
    }
    if (SMALL_ORDER.contains(y)) {
      throw new IllegalArgumentException("the Ed25519 key is of small order");
    }
    try {
      PublicKey key =
          factory()
              .generatePublic(
                  new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(isOdd, y)));
      newSignature().initVerify(key); // decodes the point, which the factory does not
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the Ed25519 key is not a point of the curve", e);
    }
  }

  static boolean verifies(PublicKey key, byte[] message, Bytes signature) {
    try {
      Signature verifier = newSignature();
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature.toByteArray());
    } catch (SignatureException e) {
      return false; // how the JDK says that R is no point, or that S is not below the order
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java runtime refuses a valid Ed25519 key", e);
    }
  }

  static byte[] sign(byte[] seed, byte[] message) {
    try {
      Signature signer = newSignature();
      signer.initSign(
          factory().generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java runtime refuses to sign with Ed25519", e);
    }
  }

  /** The public key of a seed: a generator that is given the seed as its randomness. */
  static Bytes publicKeyOf(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
      EdECPoint point = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getPoint();
      return Bytes.of(encode(point));
    } catch (GeneralSecurityException e) {
      throw noEd25519(e);
    }
  }

  private static byte[] encode(EdECPoint point) {
    byte[] bigEndian = new byte[KEY_LENGTH];
    byte[] y = point.getY().toByteArray(); // below 2^255, so at most 32 bytes
    System.arraycopy(y, 0, bigEndian, KEY_LENGTH - y.length, y.length);
    if (point.isXOdd()) {
      bigEndian[0] |= (byte) 0x80;
    }
    return reversed(bigEndian);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw noEd25519(e);
    }
  }

  private static Signature newSignature() {
    try {
      return Signature.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw noEd25519(e);
    }
  }

  private static IllegalStateException noEd25519(GeneralSecurityException cause) {
    return new IllegalStateException(
        "this Java runtime has no Ed25519; jlink needs --add-modules jdk.crypto.ec", cause);
  }

  /** Gives the seed, once. */
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] seed;

    FixedRandom(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("the runtime's Ed25519 asks for another seed length");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
