package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CABUNDLE_REVERSED;
import static dev.occ.verifier.attestation.AttestationRejection.ROOT_NOT_PINNED;

import dev.occ.proof.Bytes;
import dev.occ.verifier.crypto.CryptoProvider;
import dev.occ.verifier.crypto.Es384Key;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Validates the certificates of a document up to a pinned root (spec 12). */
final class NitroPathValidation {
  private final Map<Bytes, PinnedRoot> roots;
  private final CryptoProvider crypto;

  /** Validation under roots given by their exact DER. */
  NitroPathValidation(Map<Bytes, PinnedRoot> roots, CryptoProvider crypto) {
    Map<Bytes, PinnedRoot> keyed = new HashMap<>();
    roots.forEach((der, root) -> keyed.put(der, root.with(crypto)));
    this.roots = Map.copyOf(keyed);
    this.crypto = crypto;
  }

  /**
   * Applies every rule; the cheap ones first.
   *
   * @param encoded the certificates' bytes, the root first, the document's own last
   * @param at the time at which the path must hold
   */
  ValidatedPath validate(List<Bytes> encoded, Instant at) throws AttestationException {
    PinnedRoot root = roots.get(encoded.get(0));
    if (root == null) {
      if (encoded.size() > 2 && roots.containsKey(encoded.get(encoded.size() - 2))) {
        throw new AttestationException(
            CABUNDLE_REVERSED, "the bundle's order is reversed: its root is last, not first");
      }
      throw new AttestationException(ROOT_NOT_PINNED, "the bundle's root is not a pinned one");
    }
    List<PathCertificate> path = new ArrayList<>();
    path.add(root.certificate());
    for (Bytes certificate : encoded.subList(1, encoded.size())) {
      path.add(CertificateReader.read(certificate, crypto));
    }
    PathRules.check(path);
    ValidatedPath validated = summary(path, root, at);
    validateWithJdk(path, at);
    return validated;
  }

  private static ValidatedPath summary(List<PathCertificate> path, PinnedRoot root, Instant at)
      throws AttestationException {
    Instant notBefore = Instant.MIN;
    Instant notAfter = Instant.MAX;
    List<X509Certificate> chain = new ArrayList<>();
    for (PathCertificate certificate : path) {
      ValidatedPath.checkValid(certificate.notBefore(), certificate.notAfter(), at);
      notBefore = Collections.max(List.of(notBefore, certificate.notBefore()));
      notAfter = Collections.min(List.of(notAfter, certificate.notAfter()));
      chain.add(certificate.x509());
    }
    Es384Key leafKey = path.get(path.size() - 1).key();
    return new ValidatedPath(List.copyOf(chain), leafKey, root, notBefore, notAfter);
  }

  /** Issuers first here, the JDK wants the last one issued first. */
  private static void validateWithJdk(List<PathCertificate> path, Instant at)
      throws AttestationException {
    List<X509Certificate> issued = new ArrayList<>();
    for (int i = path.size() - 1; i > 0; i--) {
      issued.add(new IssuedCertificate(path.get(i).x509(), path.get(i - 1)));
    }
    JdkPkix.validate(path.get(0).x509(), issued, at);
  }
}
