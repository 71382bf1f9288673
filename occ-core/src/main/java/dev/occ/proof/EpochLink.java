package dev.occ.proof;

import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;

/**
 * The signed link of an epoch's first proof to the epoch before it, in historical proofs (spec 8).
 *
 * @param prevEpochId the predecessor epoch
 * @param prevPublicKey its Ed25519 public key, 32 bytes
 * @param prevCounter the counter of its last proof
 * @param prevProofHash that proof's hash, 32 bytes
 * @param toEpochId the epoch of the proof that carries the link
 * @param toPublicKey its Ed25519 public key, 32 bytes
 */
public record EpochLink(
    String prevEpochId,
    Bytes prevPublicKey,
    Counter prevCounter,
    Bytes prevProofHash,
    String toEpochId,
    Bytes toPublicKey) {

  static EpochLink read(JsonView view) throws JsonException {
    return new EpochLink(
        view.text("prevEpochId", TextDecoder::nonEmpty),
        view.text("prevPublicKeyB64", Texts::publicKey),
        view.text("prevCounter", Counter::parse),
        view.text("prevProofHashB64", Texts::digest),
        view.text("toEpochId", TextDecoder::nonEmpty),
        view.text("toPublicKeyB64", Texts::publicKey));
  }
}
