package dev.occ.bench;

import dev.occ.bench.ProofParts.Signed;
import java.security.GeneralSecurityException;

/**
 * The signature checks that no verifier of a proof can avoid, by a provider's bare API. Keys arrive
 * encoded, as they stand in proofs and certificates. For use by one thread.
 */
interface Floor {
  /** Whether one Ed25519 key, decoded once, signed both messages. */
  boolean ed25519(byte[] publicKey, Signed first, Signed second) throws GeneralSecurityException;

  /**
   * Decodes a P-384 key, to be used more than once.
   *
   * @param point the uncompressed point, 97 bytes
   */
  P384 p384(byte[] point) throws GeneralSecurityException;

  /** A key that was decoded. */
  interface P384 {
    /** Whether the key signed the message: ECDSA with SHA-384, the signature r and s. */
    boolean verify(Signed signed) throws GeneralSecurityException;
  }
}
