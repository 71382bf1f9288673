package dev.occ.server;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;

/** {@code POST /challenge}: a challenge of the enclave for an agency (spec 9), within a quota. */
final class ChallengeCall implements Call {
  private final EnclaveGateway enclave;
  private final PendingLedger challenges;

  ChallengeCall(EnclaveGateway enclave, PendingLedger challenges) {
    this.enclave = enclave;
    this.challenges = challenges;
  }

  @Override
  public Answer answer(JsonView body, Asker asker) throws ApiException {
    Object unused = enclave.identity(); // before a place is taken: nothing was made if this fails
    PendingLedger.Ticket ticket = challenges.reserve(asker.caller());
    try {
      return Answer.ok(
          JsonObject.builder().put("challenge", enclave.challenge().toBase64()).build());
    } catch (ApiException e) {
      if (e.isWithoutEffect()) {
        challenges.release(ticket);
      }
      throw e;
    }
  }
}
