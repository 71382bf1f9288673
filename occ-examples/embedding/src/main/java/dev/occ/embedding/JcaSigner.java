package dev.occ.embedding;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An example of a signer of one's own: an Ed25519 key made by an installed JCA provider, the JDK's
 * or that of a security module. {@code JcaSignerTest} extends {@code SignerContract} to show that
 * it keeps the contract.
 *
 * <p>Its tier is {@link EnforcementTier#STUB}, because this class cannot know where its provider
 * keeps the key. The JDK's keys cannot be overwritten: {@link #close()} forgets the key, and the
 * garbage collector decides when it is gone.
 */
@CheckReturnValue
public final class JcaSigner implements Signer {
  private static final String ALGORITHM = "Ed25519";

  /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, section 4). */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Provider provider;
  private final byte[] publicKey;
  private final SecureRandom random = new SecureRandom();

  /** Operations hold the read lock, closing the write lock: none sees the key vanish. */
  private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();

  /** Guarded by the lifecycle lock; empty once closed. */
  private Optional<PrivateKey> privateKey;

  private JcaSigner(Provider provider, byte[] publicKey, PrivateKey privateKey) {
    this.provider = provider;
    this.publicKey = publicKey;
    this.privateKey = Optional.of(privateKey);
  }

  /**
   * Makes a key.
   *
   * @param providerName the name of an installed JCA provider that has Ed25519
   * @return a signer that the caller must close
   * @throws SignerException with {@link SignerException.Reason#INVALID_CONFIGURATION} if there is
   *     no such provider, or {@link SignerException.Reason#UNAVAILABLE} if it cannot make the key
   */
  public static JcaSigner open(String providerName) throws SignerException {
    Provider provider = Security.getProvider(providerName);
    if (provider == null) {
      throw new SignerException(
          SignerException.Reason.INVALID_CONFIGURATION,
          "there is no JCA provider '" + providerName + "'");
    }
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM, provider).generateKeyPair();
      byte[] publicKey = rawPublicKey(pair.getPublic().getEncoded());
      return new JcaSigner(provider, publicKey, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new SignerException(
          SignerException.Reason.UNAVAILABLE, providerName + " makes no Ed25519 keys", e);
    }
  }

  private static byte[] rawPublicKey(byte[] spki) throws SignerException {
    int prefix = SPKI_PREFIX.length;
    if (spki.length != prefix + PUBLIC_KEY_LENGTH
        || !Arrays.equals(spki, 0, prefix, SPKI_PREFIX, 0, prefix)) {
      throw new SignerException(
          SignerException.Reason.DEVICE_FAILURE, "the public key is not encoded as RFC 8410 says");
    }
    return Arrays.copyOfRange(spki, prefix, spki.length);
  }

  @Override
  public EnforcementTier enforcement() {
    return EnforcementTier.STUB;
  }

  @Override
  public String measurement() {
    return "jca:" + provider.getName();
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public byte[] sign(byte[] message) throws SignerException {
    Objects.requireNonNull(message, "message");
    lifecycle.readLock().lock();
    try {
      Signature signature = Signature.getInstance(ALGORITHM, provider);
      signature.initSign(openKey());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "signing failed", e);
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  @Override
  public byte[] random(int length) throws SignerException {
    if (length < 1 || length > MAX_RANDOM_LENGTH) {
      throw new IllegalArgumentException(
          "length must be 1 to " + MAX_RANDOM_LENGTH + ", not " + length);
    }
    lifecycle.readLock().lock();
    try {
      requireOpen();
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lifecycle.writeLock().lock();
    try {
      privateKey = Optional.empty();
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  /** Names the kind of signer only; neither key nor state. */
  @Override
  public String toString() {
    return "JcaSigner";
  }

  private PrivateKey openKey() throws SignerException {
    return privateKey.orElseThrow(JcaSigner::closed);
  }

  private void requireOpen() throws SignerException {
    if (privateKey.isEmpty()) {
      throw closed();
    }
  }

  private static SignerException closed() {
    return new SignerException(SignerException.Reason.CLOSED, "the signer is closed");
  }
}
