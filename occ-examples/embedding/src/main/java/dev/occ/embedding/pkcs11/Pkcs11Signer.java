package dev.occ.embedding.pkcs11;

import static java.lang.System.Logger.Level.WARNING;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A signer whose key is a session object of a PKCS#11 token: made when the signer is opened, not
 * extractable, destroyed when it is closed or the process ends. Its tier is {@link
 * EnforcementTier#HW_KEY}: the token keeps the key, and the commit gate runs in this process.
 *
 * <p>Safe for use by many threads; the token does one operation of a signer at a time. A signer
 * whose token was removed stays unusable, because its key is gone: open a new one, which is a new
 * epoch.
 */
@CheckReturnValue
final class Pkcs11Signer implements Signer {
  private static final System.Logger LOG = System.getLogger(Pkcs11Signer.class.getName());

  private final byte[] publicKey;
  private final String measurement;

  /** One session takes one operation at a time, and closing waits for the one under way. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock; null once closed. */
  private @Nullable OpenToken open;

  private Pkcs11Signer(OpenToken open) {
    this.publicKey = open.key().publicKey();
    this.measurement = open.token().measurement();
    this.open = open;
  }

  /**
   * Opens the token and makes a key in it.
   *
   * @return a signer that the caller must close
   * @throws SignerException with the reasons that {@link Token#find} states; {@link
   *     SignerException.Reason#INVALID_CONFIGURATION} also if there is no such module or the PIN
   *     was refused; {@link SignerException.Reason#UNAVAILABLE} if the token cannot make the key;
   *     {@link SignerException.Reason#DEVICE_FAILURE} if the key is not as asked for
   */
  static Pkcs11Signer open(Pkcs11SignerOptions options, ModuleRegistry modules)
      throws SignerException {
    try {
      return new Pkcs11Signer(OpenToken.open(modules.lease(options.module()), options));
    } catch (IOException e) {
      throw new SignerException(
          SignerException.Reason.INVALID_CONFIGURATION,
          "there is no PKCS#11 module " + options.module(),
          e);
    } catch (CryptokiException e) {
      throw new SignerException(whenOpening(e.reason()), message(e), e);
    }
  }

  private static SignerException.Reason whenOpening(CryptokiException.Reason reason) {
    return switch (reason) {
      case PIN_REFUSED -> SignerException.Reason.INVALID_CONFIGURATION;
      case MALFORMED_ANSWER -> SignerException.Reason.DEVICE_FAILURE;
      default -> SignerException.Reason.UNAVAILABLE;
    };
  }

  private static SignerException.Reason whenInUse(CryptokiException.Reason reason) {
    return reason == CryptokiException.Reason.GONE
        ? SignerException.Reason.UNAVAILABLE
        : SignerException.Reason.DEVICE_FAILURE;
  }

  @Override
  public EnforcementTier enforcement() {
    return EnforcementTier.HW_KEY;
  }

  /** The token's make and firmware, which it states itself: no vendor has signed it. */
  @Override
  public String measurement() {
    return measurement;
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  // snippet:sign
  @Override
  public byte[] sign(byte[] message) throws SignerException {
    Objects.requireNonNull(message, "message");
    return withKey(key -> key.sign(message));
  }

  @Override
  public byte[] random(int length) throws SignerException {
    if (length < 1 || length > MAX_RANDOM_LENGTH) {
      throw new IllegalArgumentException(
          "length must be 1 to " + MAX_RANDOM_LENGTH + ", not " + length);
    }
    return withKey(key -> key.random(length));
  }

  private byte[] withKey(Operation operation) throws SignerException {
    lock.lock();
    try {
      if (open == null) {
        throw new SignerException(SignerException.Reason.CLOSED, "the signer is closed");
      }
      return operation.on(open.key());
    } catch (CryptokiException e) {
      throw new SignerException(whenInUse(e.reason()), message(e), e);
    } finally {
      lock.unlock();
    }
  }

  // end

  private interface Operation {
    byte[] on(TokenKey key) throws CryptokiException;
  }

  private static String message(CryptokiException failure) {
    return Objects.requireNonNullElse(failure.getMessage(), "the PKCS#11 module failed");
  }

  /** Waits for an operation under way and destroys the key. Calls after the first do nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      OpenToken closing = open;
      open = null;
      if (closing != null) {
        // The session's end destroys the key too, and the process's end the session: nothing is
        // left to do about a failure but to tell the operator.
        closing.close().forEach(e -> LOG.log(WARNING, "closing the signer: {0}", e.getMessage()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Names the kind of signer only; neither key nor state. */
  @Override
  public String toString() {
    return "Pkcs11Signer";
  }
}
