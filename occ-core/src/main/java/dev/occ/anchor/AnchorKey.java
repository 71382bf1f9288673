package dev.occ.anchor;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import java.security.PublicKey;

/**
 * The Ed25519 public key whose owner may anchor (spec 10). It belongs into an enclave's measured
 * configuration: then its measurement says who anchors.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class AnchorKey {
  private final Bytes encoded;
  private final PublicKey key;

  private AnchorKey(Bytes encoded, PublicKey key) {
    this.encoded = encoded;
    this.key = key;
  }

  /**
   * A key from its encoding (RFC 8032 section 5.1.2).
   *
   * @param encoded 32 bytes
   * @return the key
   * @throws IllegalArgumentException if they are not the canonical encoding of a point, or the
   *     point is of small order, for which anyone can sign
   * @throws IllegalStateException if the Java runtime has no Ed25519
   */
  public static AnchorKey of(Bytes encoded) {
    return new AnchorKey(encoded, Ed25519Keys.publicKey(encoded));
  }

  /**
   * A key from the Base64 text of its encoding.
   *
   * @param text 44 characters
   * @return the key
   * @throws IllegalArgumentException as {@link #of}, or if it is not canonical Base64 of 32 bytes
   * @throws IllegalStateException if the Java runtime has no Ed25519
   */
  public static AnchorKey parse(String text) {
    try {
      return of(Bytes.fromBase64(text, Ed25519Keys.KEY_LENGTH));
    } catch (JsonException e) {
      throw new IllegalArgumentException("the anchor key " + e.getMessage(), e);
    }
  }

  /**
   * The key's encoding.
   *
   * @return 32 bytes
   */
  public Bytes encoded() {
    return encoded;
  }

  /**
   * Whether a claim was signed with this key for one chain of one epoch.
   *
   * @param claim the claim
   * @param scope the chain and its epoch
   * @return true if the signature holds
   */
  public boolean verifies(AnchorClaim claim, AnchorScope scope) {
    return Ed25519Keys.verifies(key, scope.signedBytes(claim.block()), claim.signature());
  }

  /** The Base64 text of the key. */
  @Override
  public String toString() {
    return encoded.toBase64();
  }
}
