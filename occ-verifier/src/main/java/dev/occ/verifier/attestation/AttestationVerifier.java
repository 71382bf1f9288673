package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.DEBUG_ENCLAVE;
import static dev.occ.verifier.attestation.AttestationRejection.NITROTPM_DOCUMENT;
import static dev.occ.verifier.attestation.AttestationRejection.SIGNATURE_INVALID;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.cache.RecentlyUsed;
import dev.occ.verifier.crypto.CryptoProvider;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides offline whether AWS Nitro attestation documents are genuine (spec 12): form, certificate
 * path to a <em>pinned</em> root, ES384 signature, no debug enclave. What a document attests
 * (measurement, user data, nonce) is for the caller to compare.
 *
 * <p>Immutable but for a bounded cache of validated paths, and thread-safe; make one and keep it:
 * documents of one enclave share their path for hours. No revocation list is consulted. Any bytes
 * give a result; other exceptions than {@link NullPointerException} are not thrown.
 */
@CheckReturnValue
public final class AttestationVerifier {
  /** How many validated paths are kept unless the builder says otherwise. */
  public static final int DEFAULT_CACHED_PATHS = 256;

  private final NitroPathValidation validation;
  private final RecentlyUsed<PathKey, ValidatedPath> cache;
  private final boolean debugAllowed;

  private AttestationVerifier(Builder builder) {
    validation =
        new NitroPathValidation(
            builder.roots, builder.crypto == null ? CryptoProvider.automatic() : builder.crypto);
    cache = new RecentlyUsed<>(builder.cachedPaths);
    debugAllowed = builder.debugAllowed;
  }

  /**
   * A verifier that trusts the AWS Nitro root G1 (commercial partition) and refuses debug enclaves.
   *
   * @return a fresh verifier with a cache of its own
   */
  public static AttestationVerifier aws() {
    return builder().awsRoot().build();
  }

  /**
   * A verifier that trusts the given roots <em>instead of</em> AWS's and refuses debug enclaves:
   * for another partition, or for a test authority.
   *
   * @param roots at least one CA certificate with a P-384 key
   * @return a fresh verifier with a cache of its own
   * @throws IllegalArgumentException when there is none, or one that no path can be valid under
   */
  public static AttestationVerifier withRoots(X509Certificate... roots) {
    Builder builder = builder();
    for (X509Certificate root : roots) {
      builder.root(root);
    }
    return builder.build();
  }

  /**
   * A builder that trusts no root yet.
   *
   * @return a fresh builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Decodes a document and judges it at its own timestamp.
   *
   * @param document the bytes of a COSE_Sign1, with tag 18 or without
   * @return trusted, or refused with the reason
   */
  public AttestationResult verify(byte[] document) {
    try {
      return verify(NitroAttestation.decode(document));
    } catch (AttestationException e) {
      return AttestationResult.Rejected.of(e);
    }
  }

  /**
   * Decodes a document and judges it at a given time.
   *
   * @param document the bytes of a COSE_Sign1, with tag 18 or without
   * @param at when every certificate of the path, the root included, has to be valid
   * @return trusted, or refused with the reason
   */
  public AttestationResult verify(byte[] document, Instant at) {
    Objects.requireNonNull(at, "at");
    try {
      return verify(NitroAttestation.decode(document), at);
    } catch (AttestationException e) {
      return AttestationResult.Rejected.of(e);
    }
  }

  /**
   * Judges a document at its own timestamp: whether it was genuine when it was made. Its
   * certificates live for hours, proofs for decades.
   *
   * @param document a decoded document
   * @return trusted, or refused with the reason
   */
  public AttestationResult verify(NitroAttestation document) {
    return verify(document, document.timestamp());
  }

  /**
   * Judges a document at a given time, for one that was just asked for.
   *
   * @param document a decoded document
   * @param at when every certificate of the path, the root included, has to be valid
   * @return trusted, or refused with the reason
   */
  public AttestationResult verify(NitroAttestation document, Instant at) {
    return judge(document, at, false, debugAllowed);
  }

  /**
   * Judges a document and compares what it says with what is expected of it.
   *
   * @param document the bytes of a COSE_Sign1, as {@link AttestationInput#read} gives them
   * @param expectations what the document has to say, and at which time it is judged
   * @return as expected, unexpected with every mismatch, or refused
   */
  public AttestationVerdict verify(byte[] document, AttestationExpectations expectations) {
    Objects.requireNonNull(expectations, "expectations");
    NitroAttestation decoded;
    try {
      decoded =
          expectations.nitroTpmAllowed()
              ? NitroAttestation.decodeWithNitroTpm(document)
              : NitroAttestation.decode(document);
    } catch (AttestationException e) {
      return AttestationVerdict.NotGenuine.of(AttestationResult.Rejected.of(e));
    }
    AttestationResult result =
        judge(
            decoded,
            expectations.judgedAt(decoded),
            expectations.nitroTpmAllowed(),
            debugAllowed || expectations.debugAllowed());
    if (result instanceof AttestationResult.Trusted trusted) {
      return expectations.compare(trusted);
    }
    return AttestationVerdict.NotGenuine.of((AttestationResult.Rejected) result);
  }

  private AttestationResult judge(
      NitroAttestation document, Instant at, boolean nitroTpmAllowed, boolean debugAllowed) {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(at, "at");
    try {
      if (document.isNitroTpm() && !nitroTpmAllowed) {
        throw new AttestationException(NITROTPM_DOCUMENT, "a NitroTPM document");
      }
      ValidatedPath path = path(document, at);
      if (!path.leafKey().verifies(document.toBeSigned(), document.signature())) {
        throw new AttestationException(SIGNATURE_INVALID, "the document's signature is invalid");
      }
      if (document.isDebug() && !debugAllowed) {
        throw new AttestationException(DEBUG_ENCLAVE, "the enclave ran in debug mode");
      }
      return new AttestationResult.Trusted(document, path, at);
    } catch (AttestationException e) {
      return AttestationResult.Rejected.of(e);
    }
  }

  private ValidatedPath path(NitroAttestation document, Instant at) throws AttestationException {
    List<Bytes> certificates = new ArrayList<>(document.caBundle());
    certificates.add(document.certificate());
    PathKey key = PathKey.of(certificates);
    Optional<ValidatedPath> known = cache.find(key);
    if (known.isPresent()) {
      known.get().checkValidAt(at);
      return known.get();
    }
    ValidatedPath path = validation.validate(certificates, at);
    cache.add(key, path);
    return path;
  }

  /** How many paths are in the cache; for tests. */
  int cachedPaths() {
    return cache.size();
  }

  /** Gathers what a verifier trusts. Not thread-safe. */
  @CheckReturnValue
  public static final class Builder {
    private final Map<Bytes, PinnedRoot> roots = new LinkedHashMap<>();
    private int cachedPaths = DEFAULT_CACHED_PATHS;
    private boolean debugAllowed;
    private @Nullable CryptoProvider crypto;

    private Builder() {}

    /**
     * Trusts the AWS Nitro root G1.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder awsRoot() {
      roots.put(AwsNitroRoot.root().certificate().der(), AwsNitroRoot.root());
      return this;
    }

    /**
     * Trusts a root.
     *
     * @param der the DER form of a CA certificate with a P-384 key
     * @return this builder
     * @throws IllegalArgumentException when no path can be valid under it
     */
    @CanIgnoreReturnValue
    public Builder root(Bytes der) {
      roots.put(der, PinnedRoot.of(der));
      return this;
    }

    /**
     * Trusts a root.
     *
     * @param certificate a CA certificate with a P-384 key
     * @return this builder
     * @throws IllegalArgumentException when no path can be valid under it
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
     * Accepts documents of enclaves in debug mode too; {@link NitroAttestation#isDebug()} tells
     * them. For development only: such an enclave has no secrets.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowDebugEnclave() {
      debugAllowed = true;
      return this;
    }

    /**
     * Bounds the cache of validated paths. One takes about 10 KB.
     *
     * @param paths how many to keep, {@link #DEFAULT_CACHED_PATHS} if not called; zero for none
     * @return this builder
     * @throws IllegalArgumentException for a negative number
     */
    @CanIgnoreReturnValue
    public Builder cachedPaths(int paths) {
      if (paths < 0) {
        throw new IllegalArgumentException("a negative number of paths");
      }
      cachedPaths = paths;
      return this;
    }

    /**
     * Says who computes the signature checks.
     *
     * @param provider {@link CryptoProvider#automatic()} if not called
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder crypto(CryptoProvider provider) {
      crypto = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /**
     * Makes the verifier.
     *
     * @return a fresh verifier with a cache of its own
     * @throws IllegalArgumentException when no root is trusted: it could only refuse
     */
    public AttestationVerifier build() {
      if (roots.isEmpty()) {
        throw new IllegalArgumentException("no root to trust");
      }
      return new AttestationVerifier(this);
    }
  }
}
