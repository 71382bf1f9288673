package dev.occ.verifier;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.verifier.attestation.CertificateFacts;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Verified timestamps as JSON. */
final class TimestampsJson {
  private TimestampsJson() {}

  static JsonArray of(SortedMap<StampedMember, TimestampResult> timestamps) {
    List<JsonValue> array = new ArrayList<>();
    for (Map.Entry<StampedMember, TimestampResult> entry : timestamps.entrySet()) {
      JsonObject.Builder json = JsonObject.builder().put("of", entry.getKey().code());
      if (entry.getValue() instanceof TimestampResult.Rejected rejected) {
        json.put("genuine", JsonBoolean.of(false))
            .put("reason", rejected.reason().code())
            .put("text", JsonString.escapingLoneSurrogates(rejected.text()));
      } else {
        addStamp(json, (Stamped) entry.getValue(), entry.getKey());
      }
      array.add(json.build());
    }
    return new JsonArray(array);
  }

  private static void addStamp(JsonObject.Builder json, Stamped stamped, StampedMember member) {
    List<JsonValue> chain = new ArrayList<>();
    stamped.chain().forEach(c -> chain.add(new CertificateFacts(c).toJson()));
    json.put("genuine", JsonBoolean.of(true))
        .put("time", stamped.time().toString())
        .putTextIfPresent("accuracy", stamped.accuracy().map(Duration::toString))
        .put("authority", JsonString.escapingLoneSurrogates(stamped.authority()))
        .put("shows", member.shows())
        .put("serial", stamped.serialNumber().toString(16))
        .put("policy", stamped.policy())
        .putTextIfPresent("nonce", stamped.nonce().map(nonce -> nonce.toString(16)))
        .put("chain", new JsonArray(chain));
  }
}
