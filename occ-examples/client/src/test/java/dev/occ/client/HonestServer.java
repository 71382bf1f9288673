package dev.occ.client;

import dev.occ.anchor.AnchorClaim;
import dev.occ.anchor.AnchorSigner;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Proof;
import dev.occ.proof.ProofDraft;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SoftSigner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a parent server answers to a commit, over a real epoch with the software signer. */
public final class HonestServer implements AutoCloseable {
  /** Signs the claims that the epoch makes anchors of. */
  public static final AnchorSigner ANCHORER = AnchorSigner.ofSeed(new byte[32]);

  private final SoftSigner signer;
  private final Epoch epoch;

  /** Opens an epoch. */
  public HonestServer() throws EpochException, SignerException {
    signer = SoftSigner.builder().open();
    epoch = Epoch.open(signer, EpochOptions.builder().anchorKey(ANCHORER.publicKey()).build());
  }

  /** The proofs that a request asks for. */
  public List<JsonObject> commit(ScriptedServer.Request request)
      throws JsonException, EpochException {
    JsonView body = JsonView.of(JsonValue.read(request.body().getBytes(StandardCharsets.UTF_8)));
    JsonArray digests = (JsonArray) body.object().get("digests").orElseThrow();
    List<JsonObject> proofs = new ArrayList<>();
    for (JsonValue entry : digests.values()) {
      proofs.add(commit(body, JsonView.of(entry).text("digestB64", Bytes::fromBase64)));
    }
    return proofs;
  }

  private JsonObject commit(JsonView body, Bytes digest) throws JsonException, EpochException {
    Slot slot = epoch.allocateSlot(body.optionalText("chainId").orElse(Commit.DEFAULT_CHAIN));
    CommitRequest.Builder commit = CommitRequest.builder(slot.id(), digest);
    Optional<JsonView> attribution = body.optionalView("attribution");
    if (attribution.isPresent()) {
      commit.attribution(attribution.get().object());
    }
    Optional<JsonView> policy = body.optionalView("policy");
    if (policy.isPresent()) {
      commit.policy(policy.get().object());
    }
    Optional<JsonView> principal = body.optionalView("principal");
    if (principal.isPresent()) {
      commit.principal(principal.get().object());
    }
    Optional<JsonView> agency = body.optionalView("agency");
    if (agency.isPresent()) {
      commit.agency(Agency.read(agency.get().object()));
    }
    Optional<JsonView> metadata = body.optionalView("metadata");
    if (metadata.isPresent()) {
      commit.metadata(metadata.get().object());
    }
    body.optionalObject("anchor", AnchorClaim::read).ifPresent(commit::anchor);
    Proof proof = epoch.commit(commit.build());
    return proof.json().with("proofHash", new JsonString(proof.proofHash().toBase64()));
  }

  /** What {@code /challenge} answers for the hash of an intent. */
  public JsonObject challenge(Bytes intentHash) throws EpochException {
    IntentChallenge challenge = epoch.challenge(intentHash);
    return JsonObject.builder()
        .put("challenge", challenge.challenge().toBase64())
        .put("intentNonceB64", challenge.nonce().toBase64())
        .build();
  }

  /** The hash that a request for a challenge names. */
  public static Bytes intentHash(ScriptedServer.Request request) throws JsonException {
    return JsonView.of(JsonValue.read(request.body().getBytes(StandardCharsets.UTF_8)))
        .text("intentHashB64", Bytes::fromBase64);
  }

  /** A slot, as {@code /allocate-slot} answers. */
  public JsonObject slot(String chain) throws EpochException {
    Slot slot = epoch.allocateSlot(chain);
    return JsonObject.builder()
        .put("slotId", slot.id())
        .put("slot", slot.allocation().json())
        .put("chainId", chain)
        .build();
  }

  /** What {@code /key} answers. */
  public JsonObject key() {
    return JsonObject.builder()
        .put("publicKeyB64", epoch.publicKey().toBase64())
        .put("measurement", epoch.measurement())
        .put("enforcement", epoch.enforcement().wireName())
        .put("epochId", epoch.id())
        .build();
  }

  /** A server that says who it is, and answers all other calls by this script. */
  public ScriptedServer.Script withKey(ScriptedServer.Script others) {
    return request ->
        request.path().equals("/key")
            ? ScriptedServer.Reply.json(200, key().toJson())
            : others.answer(request);
  }

  /** The same proof, properly signed, as if no slot had been there. */
  public JsonObject withoutSlot(JsonObject proof) throws JsonException, SignerException {
    JsonObject commit = JsonView.of(proof).view("commit").object();
    JsonObject signature = JsonView.of(proof).view("signer").object().without("signatureB64");
    ProofDraft draft =
        ProofDraft.of(
            proof
                .without("slotAllocation", "proofHash")
                .with("commit", commit.without("slotCounter", "slotHashB64"))
                .with("signer", signature));
    return draft.seal(Bytes.of(signer.sign(draft.signedBytes())), Optional.empty()).json();
  }

  /** An answer with proofs. */
  public static ScriptedServer.Reply ok(List<? extends JsonValue> proofs) {
    return ScriptedServer.Reply.json(200, new JsonArray(List.copyOf(proofs)).toJson());
  }

  /** An answer to a request that was broken off. */
  public static ScriptedServer.Reply brokenOff(List<? extends JsonValue> proofs) {
    return brokenOff("enclave-unavailable", proofs);
  }

  /** An answer to a request that was broken off for a reason. */
  public static ScriptedServer.Reply brokenOff(String code, List<? extends JsonValue> proofs) {
    return ScriptedServer.Reply.json(
        503,
        JsonObject.builder()
            .put("error", "the enclave went away")
            .put("code", code)
            .put("proofs", new JsonArray(List.copyOf(proofs)))
            .build()
            .toJson());
  }

  @Override
  public void close() {
    epoch.close();
  }
}
