package dev.occ.agency;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * Who authorized a commit, as {@link AgencyVerifier} found it.
 *
 * <p>What the actor's own signature covers is in {@link #coverage()}. With an intent it covers what
 * the proof says: epoch, chain, digests, actor, policy, principal and attribution. Without one a
 * direct signature covers the digest (of a batch the first one), challenge and time, and a WebAuthn
 * one the challenge and what is in {@link #webAuthn()}: everything else, for WebAuthn the digest
 * too, was chosen by the carrier of the request, and only the enclave says that it belongs to this
 * authorization. The time is covered by a direct signature only.
 *
 * @param keyId lower-case hex of SHA-256 over the public key, 64 digits
 * @param publicKey the P-256 key as SubjectPublicKeyInfo, 91 bytes of DER
 * @param provider what holds the key, in the requester's words; signed by the actor only with an
 *     intent, and even then a claim
 * @param challenge what the enclave had asked the actor to sign, 32 bytes
 * @param timestamp when, by the actor's clock; covered by a direct signature only
 * @param webAuthn what the authenticator and the browser say; absent for a direct signature
 * @param batch the place in the batch that was authorized at once, if it was one
 * @param coverage what of the proof the actor's signature covers
 */
@CheckReturnValue
public record AuthorizedActor(
    String keyId,
    Bytes publicKey,
    String provider,
    Bytes challenge,
    Instant timestamp,
    Optional<WebAuthnAssertion> webAuthn,
    Optional<BatchPosition> batch,
    Coverage coverage) {

  /** What of a proof its actor's signature covers (spec 9). */
  public enum Coverage {
    /** All that an intent names: epoch, chain, digests, actor, policy, principal, attribution. */
    EVERYTHING("everything"),
    /** The artifact's digest, and nothing else of the proof. */
    DIGEST("digest"),
    /** The enclave's challenge, and nothing of the proof. */
    CHALLENGE("challenge");

    private final String code;

    Coverage(String code) {
      this.code = code;
    }

    /**
     * The coverage in machine-readable output.
     *
     * @return stable lower-case ASCII
     */
    public String code() {
      return code;
    }
  }

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
   * An artifact's place among those that were authorized at once. With an intent the actor signed
   * for all of them. Without one the actor signed for the first; that the others belong to it is
   * what the enclave was told with the first one.
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

  static AuthorizedActor direct(Agency agency, Bytes challenge, Bytes artifactDigest) {
    boolean covered = agency.authorization().artifactHash().equals(artifactDigest);
    return of(agency, challenge, Optional.empty(), covered ? Coverage.DIGEST : Coverage.CHALLENGE);
  }

  static AuthorizedActor webAuthn(Agency agency, Bytes challenge, WebAuthnAssertion assertion) {
    return of(agency, challenge, Optional.of(assertion), Coverage.CHALLENGE);
  }

  /** The same actor, once the challenge was found to commit to what the proof says. */
  AuthorizedActor coveringEverything() {
    return new AuthorizedActor(
        keyId, publicKey, provider, challenge, timestamp, webAuthn, batch, Coverage.EVERYTHING);
  }

  private static AuthorizedActor of(
      Agency agency, Bytes challenge, Optional<WebAuthnAssertion> webAuthn, Coverage coverage) {
    return new AuthorizedActor(
        agency.actor().keyId(),
        agency.actor().publicKey(),
        agency.actor().provider(),
        challenge,
        agency.authorization().timestamp(),
        webAuthn,
        agency.batch().map(batch -> new BatchPosition(batch.index(), batch.size())),
        coverage);
  }
}
