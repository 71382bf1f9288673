package dev.occ.anchor;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import java.util.Arrays;

/**
 * The private half of an anchor key, which signs claims.
 *
 * <p>Thread-safe. The key never shows in {@link #toString()}; {@link #close()} wipes it.
 */
@CheckReturnValue
public final class AnchorSigner implements AutoCloseable {
  /** The length of a seed (RFC 8032 section 5.1.5). */
  public static final int SEED_LENGTH = 32;

  private final byte[] seed;
  private final AnchorKey publicKey;

  /** Guarded by this. */
  private boolean closed;

  private AnchorSigner(byte[] seed, AnchorKey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /**
   * A signer from its seed.
   *
   * @param seed 32 secret bytes; copied, the caller wipes its own
   * @return a signer that the caller must close
   * @throws IllegalArgumentException if there are not 32
   * @throws IllegalStateException if the Java runtime has no Ed25519
   */
  public static AnchorSigner ofSeed(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
    }
    return new AnchorSigner(seed.clone(), AnchorKey.of(Ed25519Keys.publicKeyOf(seed)));
  }

  /**
   * The public half.
   *
   * @return the key for the enclave's configuration
   */
  public AnchorKey publicKey() {
    return publicKey;
  }

  /**
   * Signs a claim.
   *
   * @param block the block to anchor
   * @param scope the chain and epoch for which the claim holds
   * @return the claim
   * @throws IllegalStateException if the signer is closed
   */
  public synchronized AnchorClaim claim(AnchoredBlock block, AnchorScope scope) {
    if (closed) {
      throw new IllegalStateException("the anchor signer is closed");
    }
    return new AnchorClaim(block, Bytes.of(Ed25519Keys.sign(seed, scope.signedBytes(block))));
  }

  /** Wipes the key. Calls after the first do nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(seed, (byte) 0);
  }

  /** The public half. */
  @Override
  public String toString() {
    return "AnchorSigner of " + publicKey;
  }
}
