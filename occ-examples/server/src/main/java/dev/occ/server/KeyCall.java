package dev.occ.server;

import dev.occ.enclave.EnclaveIdentity;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.BaseFloor;
import java.util.Optional;

/** {@code GET /key}: who the enclave is, asked each time. */
final class KeyCall implements Call {
  private final EnclaveGateway enclave;

  KeyCall(EnclaveGateway enclave) {
    this.enclave = enclave;
  }

  @Override
  public Answer answer(JsonView body, Asker asker) throws ApiException {
    EnclaveIdentity identity = enclave.identity();
    return Answer.ok(
        JsonObject.builder()
            .put("publicKeyB64", identity.publicKey().toBase64())
            .put("measurement", identity.measurement())
            .put("enforcement", identity.enforcement().wireName())
            .put("epochId", identity.epochId())
            .putTextIfPresent(
                "floor",
                identity.takesBaseFloors() ? Optional.of(BaseFloor.CHAIN) : Optional.empty())
            .build());
  }
}
