package dev.occ.verifier.timestamp;

import dev.occ.proof.Bytes;
import java.util.List;
import java.util.Set;

/**
 * The roots that the caller pinned.
 *
 * @param certificates those given as a whole
 * @param fingerprints SHA-256 of every one, also of those that a token has to bring
 * @param anyIssuer whether every CA that a token brings is taken for one
 */
record TimestampRoots(
    List<TokenCertificate> certificates, Set<Bytes> fingerprints, boolean anyIssuer) {
  TimestampRoots {
    certificates = List.copyOf(certificates);
    fingerprints = Set.copyOf(fingerprints);
  }

  boolean isPinned(TokenCertificate certificate) {
    return (anyIssuer && certificate.isCa())
        || fingerprints.contains(Bytes.sha256(certificate.der().toByteArray()));
  }
}
