package dev.occ.client;

import dev.occ.anchor.AnchorClaim;
import dev.occ.client.OccClientException.Reason;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.VerificationResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the proofs of one call against what was asked: digest by digest in order, valid under the
 * caller's policy, each with a slot of its own, and with what else was asked for and no more.
 */
final class ProofCheck {
  private static final String ACTOR = "actor";
  private static final String INTENT = "intent";
  private static final String AUTHORIZATION = "authorization";

  private final ProofVerifier verifier;
  private final CommitOptions asked;
  private final Set<Bytes> nonces = new HashSet<>();

  ProofCheck(ProofVerifier verifier, CommitOptions asked) {
    this.verifier = verifier;
    this.asked = asked;
  }

  /**
   * The proofs of one answer, if all of them are as asked.
   *
   * @throws OccClientException otherwise; it carries those before the first that is not
   */
  List<Proof> all(List<JsonValue> answered, List<Bytes> digests) throws OccClientException {
    List<Proof> good = new ArrayList<>();
    try {
      for (int i = 0; i < answered.size() && i < digests.size(); i++) {
        good.add(proof(answered.get(i), digests.get(i)));
      }
    } catch (OccClientException e) {
      throw e.after(good);
    }
    return good;
  }

  private Proof proof(JsonValue json, Bytes digest) throws OccClientException {
    Proof proof;
    try {
      proof = Proof.of(json);
    } catch (JsonException e) {
      throw problem(Reason.PROOF_REJECTED, String.valueOf(e.getMessage()), json)
          .code(Optional.of(Rejection.MALFORMED.code()))
          .cause(e)
          .build();
    }
    require(proof.artifactDigest().equals(digest), Reason.PROOF_DIGEST, "digest", json);
    VerificationResult result = verifier.verify(proof, ArtifactDigest.of(digest));
    if (result instanceof Rejected rejected) {
      throw problem(Reason.PROOF_REJECTED, rejected.reason().code() + ": " + rejected.text(), json)
          .code(Optional.of(rejected.reason().code()))
          .build();
    }
    requireSlot(proof, json);
    requireAsAsked(proof, json);
    return proof;
  }

  private void requireSlot(Proof proof, JsonValue json) throws OccClientException {
    require(proof.slotAllocation().isPresent(), Reason.PROOF_SLOT_MISSING, "slot (none)", json);
    require(nonces.add(proof.commit().nonce()), Reason.PROOF_REPEATED, "slot (used twice)", json);
  }

  private void requireAsAsked(Proof proof, JsonValue json) throws OccClientException {
    require(proof.commit().chain().equals(asked.chainId()), Reason.PROOF_CHAIN, "chain", json);
    JsonObject made = proof.json();
    require(
        made.get("attribution").equals(asked.attribution()),
        Reason.PROOF_ATTRIBUTION,
        "attribution",
        json);
    require(made.get("policy").equals(asked.policy()), Reason.PROOF_POLICY, "policy", json);
    require(
        made.get("principal").equals(asked.principal()), Reason.PROOF_PRINCIPAL, "principal", json);
    require(isAgencyAsAsked(made), Reason.PROOF_AGENCY, "agency", json);
    require(
        proof.commit().anchor().equals(asked.anchor().map(AnchorClaim::block)),
        Reason.PROOF_ANCHOR,
        "anchor",
        json);
    // Nobody signs metadata; a server may add some where none were asked for.
    require(
        asked.metadata().isEmpty() || made.get("metadata").equals(asked.metadata()),
        Reason.PROOF_METADATA,
        "metadata",
        json);
    require(
        proof.declaredHash().isEmpty() || proof.declaredHash().get().equals(proof.proofHash()),
        Reason.PROOF_HASH,
        "proofHash",
        json);
  }

  /** The batch's index differs from proof to proof; actor, authorization and intent do not. */
  private boolean isAgencyAsAsked(JsonObject made) {
    Optional<JsonValue> agency = made.get("agency");
    if (asked.agency().isEmpty() || agency.isEmpty()) {
      return asked.agency().isEmpty() && agency.isEmpty();
    }
    JsonObject wanted = asked.agency().get();
    return agency.get() instanceof JsonObject object
        && object.get(ACTOR).equals(wanted.get(ACTOR))
        && object.get(AUTHORIZATION).equals(wanted.get(AUTHORIZATION))
        && object.get(INTENT).equals(wanted.get(INTENT));
  }

  private static void require(boolean asAsked, Reason reason, String what, JsonValue json)
      throws OccClientException {
    if (!asAsked) {
      throw problem(reason, "its " + what + " is not as asked", json).build();
    }
  }

  private static OccClientException.Builder problem(Reason reason, String text, JsonValue json) {
    return OccClientException.because(reason, "the server sent a wrong proof: " + text)
        .mayHaveTakenEffect(true)
        .offending(json);
  }

  /** Where an answer's proofs were asked for by text. */
  static JsonObject entry(Bytes digest) {
    return JsonObject.builder()
        .put("digestB64", new JsonString(digest.toBase64()))
        .put("hashAlg", "sha256")
        .build();
  }
}
