package dev.occ.verifier;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.CertificateFacts;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Checked attestations as JSON. */
final class AttestedFactsJson {
  private AttestedFactsJson() {}

  static JsonObject of(AttestedFacts facts) {
    List<JsonValue> chain = new ArrayList<>();
    for (X509Certificate certificate : facts.chain()) {
      chain.add(new CertificateFacts(certificate).toJson());
    }
    return JsonObject.builder()
        .put("format", facts.format())
        .put("awsRoot", JsonBoolean.of(facts.isAwsRoot()))
        .put("debug", JsonBoolean.of(facts.isDebug()))
        .put("moduleId", facts.moduleId())
        .putTextIfPresent("instanceId", facts.instanceId())
        .put("time", facts.time().toString())
        .put("pcrs", pcrs(facts.pcrs()))
        .put("chain", new JsonArray(chain))
        .build();
  }

  private static JsonObject pcrs(SortedMap<Integer, Bytes> pcrs) {
    JsonObject.Builder json = JsonObject.builder();
    for (Map.Entry<Integer, Bytes> pcr : pcrs.entrySet()) {
      json.put(Integer.toString(pcr.getKey()), pcr.getValue().toHex());
    }
    return json.build();
  }
}
