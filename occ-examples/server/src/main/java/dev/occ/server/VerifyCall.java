package dev.occ.server;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.verifier.Check;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.ValidProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST /verify}: judges a proof under a policy, or its integrity alone. */
final class VerifyCall implements Call {
  private static final ProofVerifier INTEGRITY =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

  VerifyCall() {}

  @Override
  public Answer answer(JsonView body, Asker asker) throws JsonException {
    JsonObject proof = body.view("proof").object();
    Optional<VerificationPolicy> policy =
        body.optionalObject("policy", json -> VerificationPolicy.read(json.toBytes()));
    ProofVerifier verifier = policy.map(ProofVerifier::create).orElse(INTEGRITY);
    VerificationResult result = verifier.verify(proof.toBytes());
    JsonObject.Builder answer =
        JsonObject.builder().put("valid", JsonBoolean.of(result instanceof ValidProof));
    if (result instanceof Rejected rejected) {
      answer
          .put("reason", rejected.reason().code())
          .putTextIfPresent("detail", rejected.detail())
          .put("text", rejected.text());
    }
    List<JsonValue> checks = result.checks().stream().<JsonValue>map(Check::toJson).toList();
    return Answer.ok(
        answer
            .put("policy", policy.isEmpty() ? "integrity-only" : "given")
            .put("checks", new JsonArray(new ArrayList<>(checks)))
            .build());
  }
}
