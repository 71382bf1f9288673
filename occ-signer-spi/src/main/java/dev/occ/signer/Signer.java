package dev.occ.signer;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * Holds one Ed25519 key for one epoch and signs with it (spec 4 and 6).
 *
 * <p>Opening a signer makes its key, closing destroys it; the key never leaves the signer. Public
 * key, tier, measurement and attestation format stay the same for the signer's whole life.
 *
 * <p>Implementations are safe for use by many threads at once. A method given an argument outside
 * its contract throws {@link NullPointerException} or {@link IllegalArgumentException} before any
 * effect. After {@link #close()}, {@link #sign}, {@link #random} and {@link #attest} fail with
 * {@link SignerException.Reason#CLOSED}; the other methods keep answering. Arrays are the caller's:
 * an implementation neither keeps the ones it is given nor hands out its own.
 */
@CheckReturnValue
public interface Signer extends AutoCloseable {
  /** Length of an Ed25519 public key in bytes (RFC 8032, section 5.1.5). */
  int PUBLIC_KEY_LENGTH = 32;

  /** Length of an Ed25519 signature in bytes (RFC 8032, section 5.1.6). */
  int SIGNATURE_LENGTH = 64;

  /** The most bytes that one call of {@link #random} gives. */
  int MAX_RANDOM_LENGTH = 1024;

  /** The most bytes of user data that {@link #attest} binds (spec 12). */
  int MAX_USER_DATA_LENGTH = 1024;

  /**
   * How strongly this signer's boundary is enforced.
   *
   * @return the tier to state in proofs
   */
  EnforcementTier enforcement();

  /**
   * What identifies the code that holds the key; for Nitro, PCR0 as 96 lower-case hex digits.
   *
   * @return non-empty text
   */
  String measurement();

  /**
   * The Ed25519 public key.
   *
   * @return a fresh array of exactly {@value #PUBLIC_KEY_LENGTH} bytes (RFC 8032 encoding)
   */
  byte[] publicKey();

  /**
   * Signs with pure Ed25519 (RFC 8032, section 5.1; no pre-hash, no context).
   *
   * @param message the exact bytes to sign, of any length
   * @return a fresh array of exactly {@value #SIGNATURE_LENGTH} bytes
   * @throws SignerException if the signer is closed or its device failed
   */
  byte[] sign(byte[] message) throws SignerException;

  /**
   * Fresh random bytes, fit for nonces and challenges, from the best source the signer has.
   *
   * @param length how many bytes, 1 to {@value #MAX_RANDOM_LENGTH}
   * @return a fresh array of exactly that length
   * @throws SignerException if the signer is closed or its source failed
   */
  byte[] random(int length) throws SignerException;

  /**
   * The format of the attestations that {@link #attest} makes, as written to {@code
   * environment.attestation.format}; {@code aws-nitro} for a Nitro enclave.
   *
   * @return non-empty text, or empty when this signer makes none
   */
  default Optional<String> attestationFormat() {
    return Optional.empty();
  }

  /**
   * An attestation report, signed by the platform's vendor, that binds the user data to this
   * signer's measurement.
   *
   * @param userData the bytes to bind, 1 to {@value #MAX_USER_DATA_LENGTH}; for a proof the 32
   *     bytes SHA-256(JCS(signedBody)) (spec 4)
   * @return the report's bytes in {@link #attestationFormat()}, not empty
   * @throws SignerException with {@link SignerException.Reason#ATTESTATION_UNSUPPORTED} if there is
   *     no attestation format; if the signer is closed, its device failed, or the report did not
   *     bind what it should
   */
  default byte[] attest(byte[] userData) throws SignerException {
    throw new SignerException(
        SignerException.Reason.ATTESTATION_UNSUPPORTED, "this signer makes no attestations");
  }

  /** Destroys the key. Calls after the first do nothing. */
  @Override
  void close();
}
