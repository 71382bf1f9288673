package dev.occ.verifier.attestation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What an {@link AttestationVerifier} found: {@link Trusted} or {@link Rejected}, nothing else.
 * Immutable and thread-safe.
 */
@CheckReturnValue
public sealed interface AttestationResult {

  /**
   * The document, for those who prefer exceptions.
   *
   * @return what was established
   * @throws AttestationException with the reason when the document was refused
   */
  Trusted orElseThrow() throws AttestationException;

  /**
   * The document is genuine: its signature verifies under a certificate whose path to a pinned root
   * was valid at the time in question. Only a verifier makes these.
   */
  @CheckReturnValue
  final class Trusted implements AttestationResult {
    private final NitroAttestation document;
    private final ValidatedPath path;
    private final Instant judgedAt;

    Trusted(NitroAttestation document, ValidatedPath path, Instant judgedAt) {
      this.document = document;
      this.path = path;
      this.judgedAt = judgedAt;
    }

    /**
     * The document that was verified.
     *
     * @return the document whose claims may be believed as far as the root is
     */
    public NitroAttestation document() {
      return document;
    }

    /**
     * The certificates of the path.
     *
     * @return the pinned root first, the certificate that signed the document last; unmodifiable
     */
    public List<X509Certificate> chain() {
      return path.chain();
    }

    /**
     * Whether the path ends at the AWS Nitro root G1, so that AWS hardware stands behind the
     * document, and not at another root that the caller pinned.
     *
     * @return true for AWS's root
     */
    public boolean isAwsRoot() {
      return path.root().aws();
    }

    /**
     * The first instant at which every certificate of the path is valid.
     *
     * @return the latest of the certificates' beginnings
     */
    public Instant notBefore() {
      return path.notBefore();
    }

    /**
     * The last instant at which every certificate of the path is valid.
     *
     * @return the earliest of the certificates' ends
     */
    public Instant notAfter() {
      return path.notAfter();
    }

    /**
     * The time at which the path was judged.
     *
     * @return the document's own time, or the one that the caller gave
     */
    public Instant judgedAt() {
      return judgedAt;
    }

    @Override
    public Trusted orElseThrow() {
      return this;
    }

    @Override
    public String toString() {
      return "Trusted[" + document.moduleId() + " at " + document.timestamp() + "]";
    }
  }

  /**
   * The document is not to be believed.
   *
   * @param reason the first rule that is broken
   * @param text a text for people, without secrets; never to be parsed
   */
  @CheckReturnValue
  record Rejected(AttestationRejection reason, String text) implements AttestationResult {
    /**
     * A refusal.
     *
     * @param reason the first rule that is broken
     * @param text a text for people
     */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(text, "text");
    }

    static Rejected of(AttestationException refusal) {
      return new Rejected(refusal.reason(), Objects.toString(refusal.getMessage()));
    }

    @Override
    public Trusted orElseThrow() throws AttestationException {
      throw new AttestationException(reason, text);
    }
  }
}
