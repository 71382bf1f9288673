package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;
import dev.occ.verifier.crypto.CryptoProvider;
import dev.occ.verifier.crypto.Es384Key;

/**
 * A root certificate that was decided to be trusted outside of any document.
 *
 * @param certificate the root
 * @param aws whether it is the AWS Nitro root G1
 */
record PinnedRoot(PathCertificate certificate, boolean aws) {

  /** A root of the caller's choice; AWS's stays AWS's. */
  static PinnedRoot of(Bytes der) {
    boolean aws = Bytes.sha256(der.toByteArray()).toHex().equals(AwsNitroRoot.SHA256);
    return aws ? AwsNitroRoot.root() : new PinnedRoot(read(der), false);
  }

  /** The same root, its key in the hands of a provider. */
  PinnedRoot with(CryptoProvider crypto) {
    Es384Key key = crypto.es384Key(certificate.key().point()).orElseThrow();
    return new PinnedRoot(new PathCertificate(certificate.der(), certificate.x509(), key), aws);
  }

  /**
   * Reads a root certificate.
   *
   * @throws IllegalArgumentException when no path could ever be valid under it
   */
  static PathCertificate read(Bytes der) {
    try {
      PathCertificate root = CertificateReader.read(der, CryptoProvider.bouncyCastle());
      PathRules.checkIssuer(root);
      return root;
    } catch (AttestationException e) {
      throw new IllegalArgumentException("not a root for P-384 paths: " + e.getMessage(), e);
    }
  }
}
