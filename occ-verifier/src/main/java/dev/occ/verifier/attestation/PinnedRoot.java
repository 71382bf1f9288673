package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;

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

  /**
   * Reads a root certificate.
   *
   * @throws IllegalArgumentException when no path could ever be valid under it
   */
  static PathCertificate read(Bytes der) {
    try {
      PathCertificate root = CertificateReader.read(der);
      PathRules.checkIssuer(root);
      return root;
    } catch (AttestationException e) {
      throw new IllegalArgumentException("not a root for P-384 paths: " + e.getMessage(), e);
    }
  }
}
