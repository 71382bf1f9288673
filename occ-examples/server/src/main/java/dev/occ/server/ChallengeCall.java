package dev.occ.server;

import dev.occ.epoch.IntentChallenge;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import java.util.Optional;

/**
 * {@code POST /challenge}: a challenge of the enclave for an agency (spec 9), within a quota; with
 * the hash of an intent one that commits to it.
 */
final class ChallengeCall implements Call {
  private static final int HASH_LENGTH = 32;

  private final EnclaveGateway enclave;
  private final PendingLedger challenges;

  ChallengeCall(EnclaveGateway enclave, PendingLedger challenges) {
    this.enclave = enclave;
    this.challenges = challenges;
  }

  @Override
  public Answer answer(JsonView body, Asker asker) throws JsonException, ApiException {
    Optional<Bytes> intentHash =
        body.optionalText("intentHashB64", text -> Bytes.fromBase64(text, HASH_LENGTH));
    Object unused = enclave.identity(); // before a place is taken: nothing was made if this fails
    PendingLedger.Ticket ticket = challenges.reserve(asker.caller());
    try {
      return Answer.ok(intentHash.isEmpty() ? challenge() : challenge(intentHash.get()));
    } catch (ApiException e) {
      if (e.isWithoutEffect()) {
        challenges.release(ticket);
      }
      throw e;
    }
  }

  private JsonObject challenge() throws ApiException {
    return JsonObject.builder().put("challenge", enclave.challenge().toBase64()).build();
  }

  private JsonObject challenge(Bytes intentHash) throws ApiException {
    IntentChallenge made = enclave.challenge(intentHash);
    return JsonObject.builder()
        .put("challenge", made.challenge().toBase64())
        .put("intentNonceB64", made.nonce().toBase64())
        .build();
  }
}
