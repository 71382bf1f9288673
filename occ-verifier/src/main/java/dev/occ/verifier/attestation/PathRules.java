package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_DUPLICATE;
import static dev.occ.verifier.attestation.AttestationRejection.ISSUER_KEY_USAGE;
import static dev.occ.verifier.attestation.AttestationRejection.ISSUER_NOT_CA;
import static dev.occ.verifier.attestation.AttestationRejection.LEAF_IS_CA;
import static dev.occ.verifier.attestation.AttestationRejection.LEAF_KEY_USAGE;
import static dev.occ.verifier.attestation.AttestationRejection.PATH_LENGTH_EXCEEDED;

import dev.occ.verifier.x509.JdkX509;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules about who may sign what (RFC 5280 sections 4.2.1.3, 4.2.1.9 and 6.1.4), over the whole
 * path. The JDK applies part of them, not to the root, and lets key usage be absent.
 */
final class PathRules {
  private PathRules() {}

  /** Checks a path, the root first. */
  static void check(List<PathCertificate> path) throws AttestationException {
    checkDistinct(path);
    int last = path.size() - 1;
    for (int i = 0; i < last; i++) {
      checkIssuer(path.get(i));
    }
    checkPathLengths(path.subList(0, last));
    checkLeaf(path.get(last));
  }

  private static void checkDistinct(List<PathCertificate> path) throws AttestationException {
    Set<Object> seen = new HashSet<>();
    for (PathCertificate certificate : path) {
      if (!seen.add(certificate.der())) {
        throw new AttestationException(CERTIFICATE_DUPLICATE, "a certificate stands twice");
      }
    }
  }

  static void checkIssuer(PathCertificate issuer) throws AttestationException {
    if (!issuer.isCa()) {
      throw new AttestationException(ISSUER_NOT_CA, "an issuer is not a CA");
    }
    if (!issuer.maySignCertificates()) {
      throw new AttestationException(ISSUER_KEY_USAGE, "an issuer may not sign certificates");
    }
  }

  private static void checkPathLengths(List<PathCertificate> issuers) throws AttestationException {
    if (JdkX509.exceedsPathLength(issuers.stream().map(PathCertificate::x509).toList())) {
      throw new AttestationException(
          PATH_LENGTH_EXCEEDED, "more CAs follow one than its path length constraint allows");
    }
  }

  private static void checkLeaf(PathCertificate leaf) throws AttestationException {
    if (leaf.isCa() || leaf.maySignCertificates()) {
      throw new AttestationException(LEAF_IS_CA, "the signing certificate is one of a CA");
    }
    if (!leaf.maySignData()) {
      throw new AttestationException(
          LEAF_KEY_USAGE, "the signing certificate is not for digital signatures");
    }
  }
}
