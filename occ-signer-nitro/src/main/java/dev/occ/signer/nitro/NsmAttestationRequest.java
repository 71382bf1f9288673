package dev.occ.signer.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an attestation document shall bind besides the PCRs: user data, a nonce and a public key,
 * each optional and at most {@value #MAX_LENGTH} bytes. Immutable; the {@code with} methods return
 * changed copies.
 */
@CheckReturnValue
public final class NsmAttestationRequest {
  /** The most bytes of each of the three (spec 12). */
  public static final int MAX_LENGTH = 1024;

  private static final NsmAttestationRequest EMPTY = new NsmAttestationRequest(null, null, null);

  private final byte @Nullable [] userData;
  private final byte @Nullable [] nonce;
  private final byte @Nullable [] publicKey;

  private NsmAttestationRequest(
      byte @Nullable [] userData, byte @Nullable [] nonce, byte @Nullable [] publicKey) {
    this.userData = userData;
    this.nonce = nonce;
    this.publicKey = publicKey;
  }

  /**
   * A request that binds only the PCRs.
   *
   * @return the request to start from
   */
  public static NsmAttestationRequest empty() {
    return EMPTY;
  }

  /**
   * With user data.
   *
   * @param value at most {@value #MAX_LENGTH} bytes
   * @return a changed copy
   * @throws IllegalArgumentException if it is longer
   */
  public NsmAttestationRequest withUserData(byte[] value) {
    return new NsmAttestationRequest(checked(value), nonce, publicKey);
  }

  /**
   * With a nonce.
   *
   * @param value at most {@value #MAX_LENGTH} bytes
   * @return a changed copy
   * @throws IllegalArgumentException if it is longer
   */
  public NsmAttestationRequest withNonce(byte[] value) {
    return new NsmAttestationRequest(userData, checked(value), publicKey);
  }

  /**
   * With a public key, to which others may then encrypt.
   *
   * @param value at most {@value #MAX_LENGTH} bytes; DER for AWS KMS
   * @return a changed copy
   * @throws IllegalArgumentException if it is longer
   */
  public NsmAttestationRequest withPublicKey(byte[] value) {
    return new NsmAttestationRequest(userData, nonce, checked(value));
  }

  private static byte[] checked(byte[] value) {
    if (value.length > MAX_LENGTH) {
      throw new IllegalArgumentException(value.length + " bytes, of at most " + MAX_LENGTH);
    }
    return value.clone();
  }

  Optional<byte[]> userData() {
    return Optional.ofNullable(userData);
  }

  Optional<byte[]> nonce() {
    return Optional.ofNullable(nonce);
  }

  Optional<byte[]> publicKey() {
    return Optional.ofNullable(publicKey);
  }
}
