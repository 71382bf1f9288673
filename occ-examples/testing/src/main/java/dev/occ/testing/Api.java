package dev.occ.testing;

import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of spec 14 over a {@link TestEnclave}, without HTTP. */
final class Api {
  /** A JSON answer. */
  record Reply(int status, JsonValue body) {}

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int HASH_LENGTH = 32;

  private final TestEnclave enclave;

  Api(TestEnclave enclave) {
    this.enclave = enclave;
  }

  static Reply health() {
    return new Reply(OK, JsonObject.builder().put("ok", JsonBoolean.of(true)).build());
  }

  Reply key() {
    Epoch epoch = enclave.epoch();
    return new Reply(
        OK,
        JsonObject.builder()
            .put("publicKeyB64", epoch.publicKey().toBase64())
            .put("measurement", epoch.measurement())
            .put("enforcement", epoch.enforcement().wireName())
            .put("epochId", epoch.id())
            .build());
  }

  Reply allocateSlot(JsonView body) throws JsonException, ApiProblem {
    String chain = body.optionalText("chainId").orElse(Commit.DEFAULT_CHAIN);
    try {
      Slot slot = enclave.epoch().allocateSlot(chain);
      return new Reply(
          OK,
          JsonObject.builder()
              .put("slotId", slot.id())
              .put("slot", slot.allocation().json())
              .put("chainId", chain)
              .build());
    } catch (EpochException e) {
      throw problem(e);
    }
  }

  Reply challenge(JsonView body) throws JsonException, ApiProblem {
    Optional<Bytes> intentHash =
        body.optionalText("intentHashB64", text -> Bytes.fromBase64(text, HASH_LENGTH));
    try {
      if (intentHash.isEmpty()) {
        return new Reply(
            OK,
            JsonObject.builder().put("challenge", enclave.epoch().challenge().toBase64()).build());
      }
      IntentChallenge made = enclave.epoch().challenge(intentHash.get());
      return new Reply(
          OK,
          JsonObject.builder()
              .put("challenge", made.challenge().toBase64())
              .put("intentNonceB64", made.nonce().toBase64())
              .build());
    } catch (EpochException e) {
      throw problem(e);
    }
  }

  /** Commits as many of the digests as the fault lets through, and answers as it says. */
  Reply commit(JsonView body, Fault fault) throws JsonException, ApiProblem {
    CommitBody batch = CommitBody.read(body);
    if (fault.kind() == Fault.Kind.STATUS) {
      throw new ApiProblem(fault.number(), fault.code(), "failed to order");
    }
    int wanted = fault.committed(batch.size());
    List<JsonValue> made = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      try {
        made.add(commit(batch, i));
      } catch (EpochException e) {
        return brokenOff(problem(e), made);
      }
    }
    if (wanted == batch.size() && fault.kind() != Fault.Kind.UNAVAILABLE) {
      return new Reply(OK, new JsonArray(List.copyOf(made)));
    }
    if (fault.kind() == Fault.Kind.RESTART) {
      restart();
    }
    return brokenOff(new ApiProblem(UNAVAILABLE, fault.code(), "failed to order"), made);
  }

  /** The same, with nothing that goes wrong. */
  Reply commit(JsonView body) throws JsonException, ApiProblem {
    return commit(body, Fault.cutAnswer());
  }

  private void restart() throws ApiProblem {
    try {
      enclave.restart();
    } catch (EpochException e) {
      throw problem(e);
    }
  }

  private JsonObject commit(CommitBody batch, int index) throws EpochException, JsonException {
    Epoch epoch = enclave.epoch();
    Slot slot = epoch.allocateSlot(batch.chainId());
    Proof proof = epoch.commit(batch.request(index, slot.id()));
    return proof.json().with("proofHash", new JsonString(proof.proofHash().toBase64()));
  }

  private static Reply brokenOff(ApiProblem problem, List<JsonValue> made) throws ApiProblem {
    if (made.isEmpty() && problem.status() != UNAVAILABLE) {
      throw problem;
    }
    return new Reply(
        UNAVAILABLE,
        JsonObject.builder()
            .put("error", problem.text())
            .put("code", problem.code())
            .put("proofs", new JsonArray(List.copyOf(made)))
            .build());
  }

  /** The server's own word: under the policy that comes with the proof, or integrity alone. */
  static Reply verify(JsonView body) throws JsonException {
    JsonObject proof = body.view("proof").object();
    VerificationPolicy policy =
        body.optionalObject("policy", VerificationPolicy::of)
            .orElse(VerificationPolicy.integrityOnly());
    return new Reply(OK, ProofVerifier.create(policy).verifyProofOnly(proof).toJson());
  }

  private static ApiProblem problem(EpochException e) {
    String text = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case CLOSED -> new ApiProblem(UNAVAILABLE, "enclave-unavailable", text);
      case SIGNER_FAILED, COUNTER_EXHAUSTED -> new ApiProblem(UNAVAILABLE, "enclave-failed", text);
      case TOO_MANY_SLOTS, TOO_MANY_CHAINS, TOO_MANY_CHALLENGES ->
          new ApiProblem(UNAVAILABLE, e.reason().code(), text);
      case SLOT_UNKNOWN, SLOT_EXPIRED -> new ApiProblem(UNAVAILABLE, "epoch-changed", text);
      case REQUEST_TOO_LARGE -> new ApiProblem(413, e.reason().code(), text);
      default -> new ApiProblem(400, e.reason().code(), text);
    };
  }
}
