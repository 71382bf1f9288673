package dev.occ.agency;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * Who authorized a commit, as {@link AgencyVerifier} found it.
 *
 * <p>What the actor's own signature covers depends on the {@link #method()}. A direct one covers
 * the digest (of a batch the first one), challenge and time. A WebAuthn one covers the challenge
 * and what is in {@link #webAuthn()}, but <em>not</em> the digest and not the time: that the
 * challenge was answered for this very artifact is what the enclave says.
 *
 * @param keyId lower-case hex of SHA-256 over the public key, 64 digits
 * @param publicKey the P-256 key as SubjectPublicKeyInfo, 91 bytes of DER
 * @param provider what holds the key, in the requester's words; the actor did not sign it
 * @param challenge what the enclave had asked the actor to sign, 32 bytes
 * @param timestamp when, by the actor's clock; covered by a direct signature only
 * @param webAuthn what the authenticator and the browser say; absent for a direct signature
 * @param batch the place in the batch that was authorized at once, if it was one
 */
@CheckReturnValue
public record AuthorizedActor(
    String keyId,
    Bytes publicKey,
    String provider,
    Bytes challenge,
    Instant timestamp,
    Optional<WebAuthnAssertion> webAuthn,
    Optional<BatchPosition> batch) {

  /** How an actor signs. */
  public enum Method {
    /** By the key itself, over the authorization. */
    DIRECT("direct"),
    /** By an authenticator, over a WebAuthn assertion that answers the challenge. */
    WEBAUTHN("webauthn");

    private final String code;

    Method(String code) {
      this.code = code;
    }

    /**
     * The method in machine-readable output.
     *
     * @return stable lower-case ASCII
     */
    public String code() {
      return code;
    }
  }

  /**
   * An artifact's place among those that were authorized at once. The actor signed for the first of
   * them; that the others belong to it is what the enclave was told with the first one.
   *
   * @param index from 0
   * @param size how many there are
   */
  public record BatchPosition(long index, long size) {}

  /**
   * How the actor signed.
   *
   * @return the method
   */
  public Method method() {
    return webAuthn.isPresent() ? Method.WEBAUTHN : Method.DIRECT;
  }

  static AuthorizedActor of(Agency agency, Bytes challenge, Optional<WebAuthnAssertion> webAuthn) {
    return new AuthorizedActor(
        agency.actor().keyId(),
        agency.actor().publicKey(),
        agency.actor().provider(),
        challenge,
        agency.authorization().timestamp(),
        webAuthn,
        agency.batch().map(batch -> new BatchPosition(batch.index(), batch.size())));
  }
}
