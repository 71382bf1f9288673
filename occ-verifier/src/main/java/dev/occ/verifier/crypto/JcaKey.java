package dev.occ.verifier.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A public key in the hands of a security provider. Thread-safe. */
final class JcaKey {
  private final Provider provider;
  private final String algorithm;
  private final PublicKey key;

  private JcaKey(Provider provider, String algorithm, PublicKey key) {
    this.provider = provider;
    this.algorithm = algorithm;
    this.key = key;
  }

  static JcaKey ed25519(Provider provider, byte[] encoded) throws GeneralSecurityException {
    byte[] spki = SubjectPublicKey.ed25519(encoded);
    // Corretto has the signature but, unless asked by a property, not the key factory.
    PublicKey key =
        provider.getService("KeyFactory", "Ed25519") == null
            ? new SubjectPublicKey("EdDSA", spki)
            : made(provider, "Ed25519", spki);
    return new JcaKey(provider, "Ed25519", key);
  }

  static JcaKey es384(Provider provider, byte[] point) throws GeneralSecurityException {
    PublicKey key = made(provider, "EC", SubjectPublicKey.p384(point));
    return new JcaKey(provider, "SHA384withECDSAinP1363Format", key);
  }

  /** What a key constructor above makes; empty without a provider that takes the key. */
  static Optional<JcaKey> ifPossible(Maker maker, @Nullable Provider provider, byte[] encoded) {
    if (provider == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(maker.make(provider, encoded));
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.empty(); // BouncyCastle decides alone
    }
  }

  /** Whether the provider says yes; no answer is no yes. */
  boolean accepts(byte[] message, byte[] signature) {
    try {
      return verify(message, signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false; // as above; providers also report bad signatures so
    }
  }

  private boolean verify(byte[] message, byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(algorithm, provider);
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  private static PublicKey made(Provider provider, String algorithm, byte[] spki)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm, provider).generatePublic(new X509EncodedKeySpec(spki));
  }

  /** Makes a key of one algorithm. */
  interface Maker {
    JcaKey make(Provider provider, byte[] encoded) throws GeneralSecurityException;
  }
}
