package dev.occ.signer.soft;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.util.Arrays;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * One Ed25519 key whose 32-byte seed lives in one array that {@link #destroy()} overwrites.
 *
 * <p>Signatures share the read lock and destroying takes the write lock, so that no signature is
 * ever computed from a seed that is half overwritten: such a signature would not just be wrong, it
 * could give the key away.
 */
final class Ed25519Key {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  @GuardedBy("lock")
  private final byte[] seed;

  @GuardedBy("lock")
  private boolean destroyed;

  private final byte[] publicKey = new byte[Signer.PUBLIC_KEY_LENGTH];

  /** Takes the key's seed from a source of random bytes. */
  @SuppressWarnings("GuardedBy") // nobody else sees this object before the constructor ends
  Ed25519Key(Entropy entropy) {
    seed = new byte[Ed25519.SECRET_KEY_SIZE];
    entropy.fill(seed);
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
  }

  /** A fresh copy of the public key. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** A signature by this key; the public key is at hand, so it is not derived once more. */
  byte[] sign(byte[] message) throws SignerException {
    return whileOpen(
        () -> {
          byte[] signature = new byte[Signer.SIGNATURE_LENGTH];
          Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
          return signature;
        });
  }

  /** Runs an operation that {@link #destroy()} must wait for. */
  byte[] whileOpen(Operation operation) throws SignerException {
    lock.readLock().lock();
    try {
      if (destroyed) {
        throw new SignerException(SignerException.Reason.CLOSED, "the signer is closed");
      }
      return operation.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Overwrites the seed, after every operation that is under way. */
  void destroy() {
    lock.writeLock().lock();
    try {
      destroyed = true;
      Arrays.fill(seed, (byte) 0);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** What runs only as long as the key exists. */
  @FunctionalInterface
  interface Operation {
    byte[] run() throws SignerException;
  }
}
