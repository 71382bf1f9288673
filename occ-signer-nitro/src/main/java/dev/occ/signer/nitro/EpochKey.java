package dev.occ.signer.nitro;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.util.Arrays;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key that can be destroyed (RFC 8032). It keeps the 32-byte secret in an array of its
 * own rather than in one of BouncyCastle's key objects, because those cannot be wiped.
 *
 * <p>Signing threads share a lock that destruction takes alone: a signature is made with the whole
 * key or not at all.
 */
final class EpochKey {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final byte[] secret;
  private final byte[] publicKey = new byte[Signer.PUBLIC_KEY_LENGTH];
  private boolean destroyed;

  /** Takes over the secret: the array is this object's from now on. */
  EpochKey(byte[] secret) {
    if (secret.length != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("an Ed25519 secret key has 32 bytes");
    }
    this.secret = secret;
    Ed25519.generatePublicKey(secret, 0, publicKey, 0);
  }

  byte[] publicKey() {
    return publicKey.clone();
  }

  byte[] sign(byte[] message) throws SignerException {
    byte[] signature = new byte[Signer.SIGNATURE_LENGTH];
    lock.readLock().lock();
    try {
      if (destroyed) {
        throw new SignerException(SignerException.Reason.CLOSED, "the signer is closed");
      }
      Ed25519.sign(secret, 0, publicKey, 0, message, 0, message.length, signature, 0);
    } finally {
      lock.readLock().unlock();
    }
    return signature;
  }

  void destroy() {
    lock.writeLock().lock();
    try {
      destroyed = true;
      Arrays.fill(secret, (byte) 0);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
