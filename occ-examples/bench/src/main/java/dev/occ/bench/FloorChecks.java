package dev.occ.bench;

import dev.occ.proof.Bytes;
import java.security.GeneralSecurityException;

/** The floors of a verification, made of a provider's bare operations. For use by one thread. */
final class FloorChecks {
  private final Floor floor;

  FloorChecks(Floor floor) {
    this.floor = floor;
  }

  /** Two Ed25519 signatures by one key, and the SHA-256 of both messages. */
  int signatures(ProofParts proof) throws GeneralSecurityException {
    Require.holds(
        floor.ed25519(proof.publicKey(), proof.body(), proof.slot()), "the Ed25519 signatures");
    Bytes slotHash = Bytes.sha256(proof.slot().message());
    Bytes proofHash = Bytes.sha256(proof.body().message());
    return slotHash.get(0) + proofHash.get(0);
  }

  /** The same, and the document's signature by a key that was decoded before. */
  int documentByKnownKey(ProofParts proof, Floor.P384 leaf) throws GeneralSecurityException {
    Require.holds(
        leaf.verify(proof.attestation().get(0).signed()), "the attestation document's signature");
    return signatures(proof);
  }

  /** The same with every signature up to the root, each by a key that is decoded for it. */
  int wholePath(ProofParts proof) throws GeneralSecurityException {
    for (ProofParts.ByKey one : proof.attestation()) {
      Require.holds(floor.p384(one.point()).verify(one.signed()), "a signature of the path");
    }
    return signatures(proof);
  }

  /** The key of the document's own signature, decoded. */
  Floor.P384 leafOf(ProofParts proof) throws GeneralSecurityException {
    return floor.p384(proof.attestation().get(0).point());
  }
}
