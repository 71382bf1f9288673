package dev.occ.verifier.chain;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Floor;
import dev.occ.proof.Proof;
import dev.occ.proof.ProofDraft;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftSigner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A key that signs whatever it is told: slots and proofs with any counter and any predecessor,
 * which {@code Epoch} would never make. Proofs are the same at every run.
 */
final class LedgerEpoch implements AutoCloseable {
  private final SoftSigner signer;
  private final String id;
  private final Bytes publicKey;

  LedgerEpoch(String name, long seed) {
    this(SeededSoftSigner.open(seed), idOf(name));
  }

  private LedgerEpoch(SoftSigner signer, String id) {
    this.signer = signer;
    this.id = id;
    this.publicKey = Bytes.of(signer.publicKey());
  }

  /** A key whose proofs name no epoch, as historical ones do. */
  static LedgerEpoch nameless(long seed) {
    return new LedgerEpoch(SeededSoftSigner.open(seed), "");
  }

  /** The same key under another epoch's id. */
  LedgerEpoch renamed(String name) {
    return new LedgerEpoch(signer, idOf(name));
  }

  /** Another key under this epoch's id. */
  LedgerEpoch impostor(long seed) {
    return new LedgerEpoch(SeededSoftSigner.open(seed), id);
  }

  private static String idOf(String name) {
    return Bytes.sha256(name.getBytes(StandardCharsets.UTF_8)).toBase64();
  }

  String id() {
    return id;
  }

  Bytes publicKey() {
    return publicKey;
  }

  /** What goes into a proof. */
  static final class Plan {
    final String chain;
    final long slot;
    final long counter;
    Optional<Bytes> prev = Optional.empty();
    String nonce = "";
    String artifact;
    Optional<JsonObject> attribution = Optional.empty();
    Optional<Bytes> digest = Optional.empty();
    Optional<JsonObject> epochLink = Optional.empty();
    Optional<AnchoredBlock> anchor = Optional.empty();
    List<Floor> floors = List.of();

    Plan(String chain, long slot, long counter) {
      this.chain = chain;
      this.slot = slot;
      this.counter = counter;
      this.artifact = chain + " " + counter;
    }

    Plan prev(Optional<Bytes> sealed) {
      prev = sealed;
      return this;
    }

    /** An authenticated anchor. */
    Plan anchor(AnchoredBlock block) {
      anchor = Optional.of(block);
      return claim(block);
    }

    /** An anchor as any client writes it. */
    Plan claim(AnchoredBlock block) {
      attribution = Optional.of(block.attribution("https://etherscan.io").toJson());
      digest = Optional.of(block.digest());
      return this;
    }

    Plan floors(Floor... several) {
      floors = List.of(several);
      return this;
    }

    Plan attribution(String title, String message) {
      attribution =
          Optional.of(
              new Attribution(
                      Optional.of(AnchoredBlock.ATTRIBUTION_NAME),
                      Optional.of(title),
                      Optional.of(message))
                  .toJson());
      digest = Optional.of(sha256(message));
      return this;
    }
  }

  static Bytes sha256(String text) {
    return Bytes.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs; without a slot if its counter is negative, without a counter if that is negative. */
  Proof sign(Plan plan) {
    Bytes nonce = sha256(id + plan.chain + plan.slot + plan.nonce);
    Optional<String> chainId = Optional.of(plan.chain).filter(name -> !name.equals("global"));
    JsonObject.Builder commit = JsonObject.builder().put("nonceB64", nonce.toBase64());
    if (plan.counter >= 0) {
      commit.put("counter", Long.toUnsignedString(plan.counter));
    }
    Optional<JsonObject> slot = Optional.empty();
    if (plan.slot >= 0) {
      JsonObject body = slotBody(nonce, plan.slot, chainId);
      byte[] bytes = CanonicalJson.encode(body);
      slot = Optional.of(body.with("signatureB64", signature(bytes)));
      commit
          .put("slotCounter", Long.toString(plan.slot))
          .put("slotHashB64", Bytes.sha256(bytes).toBase64());
    }
    commit
        .putTextIfPresent("epochId", Optional.of(id).filter(name -> !name.isEmpty()))
        .putTextIfPresent("prevB64", plan.prev.map(Bytes::toBase64))
        .putTextIfPresent("chainId", chainId)
        .putIfPresent("epochLink", plan.epochLink)
        .putIfPresent("anchor", plan.anchor.map(AnchoredBlock::toJson));
    plan.floors.forEach(floor -> floor.addToCommit(commit));
    return seal(document(plan, commit.build(), slot));
  }

  private JsonObject slotBody(Bytes nonce, long counter, Optional<String> chainId) {
    return JsonObject.builder()
        .put("version", "occ/slot/1")
        .put("nonceB64", nonce.toBase64())
        .put("counter", Long.toString(counter))
        .put("epochId", id)
        .put("publicKeyB64", publicKey.toBase64())
        .putTextIfPresent("chainId", chainId)
        .build();
  }

  private JsonObject document(Plan plan, JsonObject commit, Optional<JsonObject> slot) {
    Bytes digest = plan.digest.orElseGet(() -> sha256(plan.artifact));
    return JsonObject.builder()
        .put("version", "occ/1")
        .put(
            "artifact",
            JsonObject.builder()
                .put("hashAlg", "sha256")
                .put("digestB64", digest.toBase64())
                .build())
        .put("commit", commit)
        .put("signer", JsonObject.builder().put("publicKeyB64", publicKey.toBase64()).build())
        .put(
            "environment",
            JsonObject.builder().put("enforcement", "stub").put("measurement", "ledger").build())
        .putIfPresent("slotAllocation", slot)
        .putIfPresent("attribution", plan.attribution)
        .build();
  }

  private Proof seal(JsonObject document) {
    ProofDraft draft = ProofDraft.of(document);
    try {
      return draft.seal(Bytes.of(signer.sign(draft.signedBytes())), Optional.empty());
    } catch (JsonException | SignerException e) {
      throw new AssertionError(e);
    }
  }

  private JsonString signature(byte[] message) {
    try {
      return new JsonString(Bytes.of(signer.sign(message)).toBase64());
    } catch (SignerException e) {
      throw new AssertionError(e);
    }
  }

  /** A link of this epoch to a proof of one before. */
  JsonObject linkTo(LedgerEpoch before, Proof last, Bytes hash) {
    return linkTo(before, last.commit().counter().orElseThrow().bits(), hash);
  }

  /** A link of this epoch to one before, of which it names a proof that does not exist. */
  JsonObject linkTo(LedgerEpoch before, long counter) {
    return linkTo(before, counter, sha256("proof " + counter));
  }

  private JsonObject linkTo(LedgerEpoch before, long counter, Bytes hash) {
    return JsonObject.builder()
        .put("prevEpochId", before.id)
        .put("prevPublicKeyB64", before.publicKey.toBase64())
        .put("prevCounter", Long.toString(counter))
        .put("prevProofHashB64", hash.toBase64())
        .put("toEpochId", id)
        .put("toPublicKeyB64", publicKey.toBase64())
        .build();
  }

  @Override
  public void close() {
    signer.close();
  }
}
