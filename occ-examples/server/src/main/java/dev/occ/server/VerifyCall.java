package dev.occ.server;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.util.Optional;

/** {@code POST /verify}: judges a proof under a policy, or its integrity alone. */
final class VerifyCall implements Call {
  private static final ProofVerifier INTEGRITY =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

  VerifyCall() {}

  @Override
  public Answer answer(JsonView body, Asker asker) throws JsonException {
    JsonObject proof = body.view("proof").object();
    Optional<VerificationPolicy> policy = body.optionalObject("policy", VerificationPolicy::of);
    ProofVerifier verifier = policy.map(ProofVerifier::create).orElse(INTEGRITY);
    return Answer.ok(
        verifier
            .verifyProofOnly(proof)
            .toJson()
            .with("policy", new JsonString(policy.isEmpty() ? "integrity-only" : "given")));
  }
}
