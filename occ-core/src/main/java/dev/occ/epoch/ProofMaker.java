package dev.occ.epoch;

import dev.occ.anchor.AnchorClaim;
import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.proof.ProofDraft;
import dev.occ.proof.ProtocolName;
import dev.occ.proof.SlotAllocation;
import java.util.Optional;

/** Builds and signs the documents of one epoch: slots (spec 5) and proofs (spec 3 and 4). */
final class ProofMaker {
  private final EpochSigner signer;
  private final String epochId;

  ProofMaker(EpochSigner signer, String epochId) {
    this.signer = signer;
    this.epochId = epochId;
  }

  SlotAllocation slot(Bytes nonce, Counter counter, Optional<String> chainId)
      throws EpochException {
    JsonObject body =
        JsonObject.builder()
            .put("version", ProtocolName.OCC.slotVersion())
            .put("nonceB64", nonce.toBase64())
            .put("counter", counter.toString())
            .put("epochId", epochId)
            .put("publicKeyB64", signer.publicKey().toBase64())
            .putTextIfPresent("chainId", chainId)
            .build();
    Bytes signature = signer.sign(CanonicalJson.encode(body));
    try {
      return SlotAllocation.read(body.with("signatureB64", new JsonString(signature.toBase64())));
    } catch (JsonException e) {
      throw new IllegalStateException("a slot made here is not a slot", e);
    }
  }

  /** A proof; the request's anchor claim, if it has one, was checked. */
  Proof proof(CommitRequest request, Slot slot, Counter counter, Optional<Bytes> prev)
      throws EpochException {
    JsonObject.Builder commit = commit(slot.allocation(), counter, prev);
    slot.floor().addToCommit(commit);
    request.anchor().map(AnchorClaim::block).ifPresent(b -> commit.put("anchor", b.toJson()));
    ProofDraft draft = ProofDraft.of(document(request, slot.allocation(), commit.build()));
    byte[] signedBytes = draft.signedBytes();
    // The attestation first: when it fails, no signature over this body exists anywhere.
    Optional<Bytes> report = signer.attest(Bytes.sha256(signedBytes));
    Bytes signature = signer.sign(signedBytes);
    try {
      return draft.seal(signature, report);
    } catch (JsonException e) {
      throw new IllegalStateException("a proof made here is not a proof", e);
    }
  }

  private JsonObject.Builder commit(SlotAllocation slot, Counter counter, Optional<Bytes> prev) {
    return JsonObject.builder()
        .put("nonceB64", slot.nonce().toBase64())
        .put("counter", counter.toString())
        .put("slotCounter", slot.counter().toString())
        .put("slotHashB64", Bytes.sha256(slot.signedBytes()).toBase64())
        .put("epochId", epochId)
        .putTextIfPresent("prevB64", prev.map(Bytes::toBase64))
        .putTextIfPresent("chainId", slot.chainId());
  }

  private JsonObject document(CommitRequest request, SlotAllocation slot, JsonObject commit) {
    JsonObject artifact =
        JsonObject.builder()
            .put("hashAlg", "sha256")
            .put("digestB64", request.digest().toBase64())
            .build();
    JsonObject.Builder environment =
        JsonObject.builder()
            .put("enforcement", signer.enforcement().wireName())
            .put("measurement", signer.measurement());
    signer
        .attestationFormat()
        .ifPresent(
            format ->
                environment.put("attestation", JsonObject.builder().put("format", format).build()));
    return JsonObject.builder()
        .put("version", ProtocolName.OCC.proofVersion())
        .put("artifact", artifact)
        .put("commit", commit)
        .put(
            "signer",
            JsonObject.builder().put("publicKeyB64", signer.publicKey().toBase64()).build())
        .put("environment", environment.build())
        .put("slotAllocation", slot.json())
        .putIfPresent("policy", request.policy())
        .putIfPresent("principal", request.principal())
        .putIfPresent("attribution", request.attribution())
        .putIfPresent("agency", request.agency().map(Agency::json))
        .putIfPresent("metadata", request.metadata())
        .build();
  }
}
