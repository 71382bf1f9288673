package dev.occ.signer.soft;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A person's P-256 key in software, for tests of authorizations (spec 9): signs directly as a
 * device's secure enclave does, and makes genuine WebAuthn assertions as a passkey does. It shares
 * no code with the checks.
 */
public final class SoftAuthenticator {
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final KeyPair keys;

  private SoftAuthenticator(KeyPair keys) {
    this.keys = keys;
  }

  /** One with a fresh key. */
  public static SoftAuthenticator create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SoftAuthenticator(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** SubjectPublicKeyInfo, 91 bytes. */
  public byte[] publicKey() {
    return keys.getPublic().getEncoded();
  }

  /** Hex of SHA-256 over the public key. */
  public String keyId() {
    return HexFormat.of().formatHex(sha256(publicKey()));
  }

  /** A direct authorization of one artifact, to be changed or built. */
  public AgencyDraft direct(byte[] digest, byte[] challenge, long timestamp) {
    return new AgencyDraft(this, digest, challenge, timestamp);
  }

  /** An authorization of one artifact by a WebAuthn assertion, to be changed or built. */
  public AgencyDraft webAuthn(byte[] digest, byte[] challenge, long timestamp) {
    return direct(digest, challenge, timestamp).webAuthn();
  }

  /** ECDSA with SHA-256, DER. */
  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The other signature that holds wherever this one does: its s subtracted from the order. */
  public static byte[] mirrored(byte[] signature) {
    int rLength = signature[3];
    byte[] r = Arrays.copyOfRange(signature, 4, 4 + rLength);
    byte[] s = Arrays.copyOfRange(signature, 6 + rLength, signature.length);
    return der(r, ORDER.subtract(new BigInteger(s)).toByteArray());
  }

  /** A sequence of two integers with these contents, whatever they are. */
  static byte[] der(byte[] r, byte[] s) {
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (der.length - 2);
    der[2] = 0x02;
    der[3] = (byte) r.length;
    System.arraycopy(r, 0, der, 4, r.length);
    der[4 + r.length] = 0x02;
    der[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, der, 6 + r.length, s.length);
    return der;
  }

  static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
