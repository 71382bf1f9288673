package dev.occ.server;

import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import java.util.Map;

/** {@code GET /health}: whether the enclave answers, and may be served. */
final class HealthCall implements Call {
  private final EnclaveGateway enclave;

  HealthCall(EnclaveGateway enclave) {
    this.enclave = enclave;
  }

  @Override
  public Answer answer(JsonView body, Asker asker) {
    try {
      Object unused = enclave.identity();
      return Answer.ok(JsonObject.builder().put("ok", JsonBoolean.TRUE).build());
    } catch (ApiException e) {
      JsonObject.Builder answer = JsonObject.builder().put("ok", JsonBoolean.FALSE);
      for (Map.Entry<String, JsonValue> member : e.body().members().entrySet()) {
        answer.put(member.getKey(), member.getValue());
      }
      return Answer.of(e, answer.build());
    }
  }
}
