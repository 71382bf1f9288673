package dev.occ.agency;

/**
 * Computes ES256 signature checks: ECDSA over P-256 with SHA-256 (FIPS 186-5, RFC 7518 section
 * 3.4). An {@link AgencyVerifier} checks the form of key and signature first, so an implementation
 * decides about the numbers only. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Es256Verifier {
  /**
   * Whether a signature holds.
   *
   * @param key a SubjectPublicKeyInfo of 91 bytes (RFC 5480) with an uncompressed point of the
   *     curve; not to be changed
   * @param message what was signed, not hashed; not to be changed
   * @param signature a DER {@code ECDSA-Sig-Value} (RFC 3279 section 2.2.3) with r and s from 1 to
   *     n-1; not to be changed
   * @return true if it does
   */
  boolean verifies(byte[] key, byte[] message, byte[] signature);
}
