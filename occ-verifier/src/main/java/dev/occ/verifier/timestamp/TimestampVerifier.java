package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.ENTRY_DIGEST_MISMATCH;
import static dev.occ.verifier.timestamp.TimestampRejection.ENTRY_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.ENTRY_TIME_MISMATCH;
import static dev.occ.verifier.timestamp.TimestampRejection.IMPRINT_ALGORITHM;
import static dev.occ.verifier.timestamp.TimestampRejection.IMPRINT_MISMATCH;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Verifies RFC 3161 timestamps offline under roots that the caller pins: form, imprint, the
 * authority's certificate and its purpose, its path to a root at the token's own time, the ESS
 * certificate id, and the CMS signature. No revocation list is consulted: if an authority's key was
 * stolen, unpin its root.
 *
 * <p>Immutable and thread-safe. Any bytes give a result; other exceptions than {@link
 * NullPointerException} are not thrown.
 */
@CheckReturnValue
public final class TimestampVerifier {
  /** The longest token, in bytes; real ones have about 6000. */
  public static final int MAX_TOKEN_LENGTH = 64 * 1024;

  /** The most certificates in a token. */
  public static final int MAX_CERTIFICATES = 16;

  private static final int FINGERPRINT_LENGTH = 32;

  private final TimestampRoots roots;
  private final List<TokenCertificate> given;

  private TimestampVerifier(Builder builder) {
    roots = new TimestampRoots(builder.certificates, builder.fingerprints, builder.anyIssuer);
    given = List.copyOf(builder.given);
  }

  /**
   * A builder that trusts no root yet.
   *
   * @return a fresh builder
   * @throws IllegalStateException if BouncyCastle's {@code bcpkix} is not on the path, which
   *     timestamps alone need
   */
  public static Builder builder() {
    TimestampLibraries.require();
    return new Builder();
  }

  /**
   * Verifies a token.
   *
   * @param token a CMS ContentInfo (RFC 3161 section 2.4.2), not a whole response
   * @param digest the digest that it has to be about: SHA-256, SHA-384 or SHA-512, told by its
   *     length
   * @return the stamp, or the reason against it
   */
  public TimestampResult verify(Bytes token, Bytes digest) {
    try {
      return stamp(token, digest);
    } catch (TimestampException e) {
      return TimestampResult.Rejected.of(e);
    }
  }

  /**
   * Verifies a token whose content is at hand, by the hash that the token names: SHA-256, SHA-384
   * or SHA-512.
   *
   * @param token a CMS ContentInfo (RFC 3161 section 2.4.2), not a whole response
   * @param content what was stamped
   * @return the stamp, or the reason against it
   */
  public TimestampResult verifyContent(Bytes token, byte[] content) {
    try {
      TimestampToken read = TimestampToken.read(token.toByteArray(), given);
      return stamp(read, Bytes.of(read.info().hash().digest(content)));
    } catch (TimestampException e) {
      return TimestampResult.Rejected.of(e);
    }
  }

  /**
   * Verifies the timestamps that stand in a proof. Whether the proof itself is valid is not looked
   * at.
   *
   * @param proof any proof
   * @return what was found for each member of {@code timestamps} that this version knows; empty if
   *     there is none
   */
  public SortedMap<StampedMember, TimestampResult> verify(Proof proof) {
    SortedMap<StampedMember, TimestampResult> results = new TreeMap<>();
    JsonView timestamps;
    try {
      var member = JsonView.of(proof.json()).optionalView("timestamps");
      if (member.isEmpty()) {
        return results;
      }
      timestamps = member.get();
    } catch (JsonException e) {
      // Not an object: nobody can tell which one it was meant to be.
      for (StampedMember member : StampedMember.values()) {
        results.put(member, TimestampResult.Rejected.of(malformed(e)));
      }
      return Collections.unmodifiableSortedMap(results);
    }
    for (StampedMember member : StampedMember.values()) {
      if (timestamps.object().has(member.code())) {
        results.put(member, verify(timestamps, member, member.digest(proof)));
      }
    }
    return Collections.unmodifiableSortedMap(results);
  }

  private TimestampResult verify(JsonView timestamps, StampedMember member, Bytes digest) {
    try {
      TimestampEntry entry = TimestampEntry.read(timestamps.view(member.code()));
      if (!entry.digest().equals(digest)) {
        throw new TimestampException(
            ENTRY_DIGEST_MISMATCH, "the entry says that it is about another digest");
      }
      Stamped stamped = stamp(entry.token(), digest);
      if (!entry.time().equals(stamped.time())) {
        throw new TimestampException(
            ENTRY_TIME_MISMATCH,
            "the entry says " + entry.time() + ", the token " + stamped.time());
      }
      return stamped;
    } catch (JsonException e) {
      return TimestampResult.Rejected.of(malformed(e));
    } catch (TimestampException e) {
      return TimestampResult.Rejected.of(e);
    }
  }

  private static TimestampException malformed(JsonException e) {
    return new TimestampException(ENTRY_MALFORMED, String.valueOf(e.getMessage()), e);
  }

  private Stamped stamp(Bytes token, Bytes digest) throws TimestampException {
    return stamp(TimestampToken.read(token.toByteArray(), given), digest);
  }

  /** The cheap rules first; no key is used before a pinned root vouches for it. */
  private Stamped stamp(TimestampToken token, Bytes digest) throws TimestampException {
    if (token.info().hash().length() != digest.size()) {
      throw new TimestampException(
          IMPRINT_ALGORITHM,
          "the imprint is made with "
              + token.info().hash().label()
              + ", and the digest to compare has "
              + digest.size()
              + " bytes");
    }
    if (!token.info().imprint().equals(digest)) {
      throw new TimestampException(IMPRINT_MISMATCH, "the token is about another digest");
    }
    TokenSignature.checkAlgorithms(token);
    EssCertificateId.check(SignedAttributes.of(token.signer()), token.signerCertificate());
    SignerCertificateRules.check(token);
    List<TokenCertificate> path = PathFinder.find(token, roots);
    List<X509Certificate> chain = TsaPathRules.check(path, token.info().time());
    TokenSignature.check(token);
    return new Stamped(token.info(), chain);
  }

  /** Gathers what a verifier trusts. Not thread-safe. */
  @CheckReturnValue
  public static final class Builder {
    private final List<TokenCertificate> certificates = new ArrayList<>();
    private final Set<Bytes> fingerprints = new HashSet<>();
    private final List<TokenCertificate> given = new ArrayList<>();
    private boolean anyIssuer;

    private Builder() {}

    /**
     * Trusts a root.
     *
     * @param der the DER form of a CA certificate
     * @return this builder
     * @throws IllegalArgumentException if it is none
     */
    @CanIgnoreReturnValue
    public Builder root(Bytes der) {
      try {
        TokenCertificate certificate = TokenCertificate.read(der.toByteArray());
        if (!certificate.isCa()) {
          throw new IllegalArgumentException("not a CA certificate");
        }
        certificates.add(certificate);
      } catch (TimestampException e) {
        throw new IllegalArgumentException("not a certificate: " + e.getMessage(), e);
      }
      return rootSha256(Bytes.sha256(der.toByteArray()));
    }

    /**
     * Trusts a root.
     *
     * @param certificate a CA certificate
     * @return this builder
     * @throws IllegalArgumentException if it is none
     */
    @CanIgnoreReturnValue
    public Builder root(X509Certificate certificate) {
      try {
        return root(Bytes.of(certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalArgumentException("a certificate without an encoding", e);
      }
    }

    /**
     * Trusts the root with this fingerprint, where a token brings it.
     *
     * @param fingerprint SHA-256 of the certificate's DER form, 32 bytes
     * @return this builder
     * @throws IllegalArgumentException for another length
     */
    @CanIgnoreReturnValue
    public Builder rootSha256(Bytes fingerprint) {
      if (fingerprint.size() != FINGERPRINT_LENGTH) {
        throw new IllegalArgumentException("a fingerprint has 32 bytes");
      }
      fingerprints.add(fingerprint);
      return this;
    }

    /**
     * Adds a certificate that tokens may leave out: the authority's own one, or one of its issuers.
     * It is trusted no more than one in a token: a path from it to a root is needed, and the token
     * has to name it.
     *
     * @param der the certificate's DER form
     * @return this builder
     * @throws IllegalArgumentException if it is none, or for more than {@link #MAX_CERTIFICATES}
     */
    @CanIgnoreReturnValue
    public Builder certificate(Bytes der) {
      if (given.size() == MAX_CERTIFICATES) {
        throw new IllegalArgumentException("more than " + MAX_CERTIFICATES + " certificates");
      }
      try {
        given.add(TokenCertificate.read(der.toByteArray()));
      } catch (TimestampException e) {
        throw new IllegalArgumentException("not a certificate: " + e.getMessage(), e);
      }
      return this;
    }

    /**
     * Adds a certificate that tokens may leave out, as {@link #certificate(Bytes)}.
     *
     * @param certificate the authority's own one, or one of its issuers
     * @return this builder
     * @throws IllegalArgumentException if it has no encoding, or for more than {@link
     *     #MAX_CERTIFICATES}
     */
    @CanIgnoreReturnValue
    public Builder certificate(X509Certificate certificate) {
      try {
        return certificate(Bytes.of(certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalArgumentException("a certificate without an encoding", e);
      }
    }

    /**
     * Takes every CA that a token brings for a pinned one. What such a verifier calls stamped is
     * intact, and anybody may have made it: for looking over a token that one has just asked for,
     * never for believing a time.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder anyIssuer() {
      anyIssuer = true;
      return this;
    }

    /**
     * Makes the verifier.
     *
     * @return an immutable verifier
     * @throws IllegalArgumentException when no root is trusted: it could only refuse
     */
    public TimestampVerifier build() {
      if (fingerprints.isEmpty() && !anyIssuer) {
        throw new IllegalArgumentException("no root to trust");
      }
      return new TimestampVerifier(this);
    }
  }
}
