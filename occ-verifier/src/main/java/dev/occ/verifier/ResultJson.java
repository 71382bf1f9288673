package dev.occ.verifier;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Results for programs: the one form that every output has. */
final class ResultJson {
  private ResultJson() {}

  static JsonObject of(Rejected rejected) {
    return JsonObject.builder()
        .put("valid", JsonBoolean.of(false))
        .put("reason", rejected.reason().code())
        .putTextIfPresent("detail", rejected.detail())
        .put("text", JsonString.escapingLoneSurrogates(rejected.text()))
        .putTextIfPresent("pointer", rejected.pointer())
        .put("checks", checks(rejected))
        .put("caveats", new JsonArray(List.of()))
        .build();
  }

  static JsonObject of(ValidProof proof) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("valid", JsonBoolean.of(true))
            .put("checks", checks(proof))
            .put("claims", claims(proof))
            .putIfPresent("actor", proof.actor().map(ActorJson::of))
            .putIfPresent("attestation", proof.attested().map(AttestedFactsJson::of))
            .putIfPresent("anchor", anchor(proof.anchor()))
            .putIfPresent("floor", proof.floor().map(FloorFacts::toJson));
    if (!proof.timestamps().isEmpty()) {
      json.put("timestamps", TimestampsJson.of(proof.timestamps()));
    }
    List<String> forms = new ArrayList<>();
    for (HistoricalForm form : HistoricalForm.values()) {
      if (proof.historicalForms().contains(form)) {
        forms.add(form.code());
      }
    }
    return json.put("historicalForms", JsonArray.ofTexts(forms))
        .put("unsignedMembers", JsonArray.ofTexts(proof.unsignedMembers()))
        .put("caveats", caveats(proof))
        .build();
  }

  private static Optional<JsonObject> anchor(AnchorReading reading) {
    if (reading instanceof AnchorReading.Malformed malformed) {
      return Optional.of(JsonObject.builder().put("malformed", malformed.reason().code()).build());
    }
    return reading instanceof EthereumAnchor anchor
        ? Optional.of(anchor.toJson())
        : Optional.empty();
  }

  private static JsonArray checks(VerificationResult result) {
    return new JsonArray(result.checks().stream().<JsonValue>map(Check::toJson).toList());
  }

  private static JsonArray caveats(VerificationResult result) {
    return new JsonArray(result.caveats().stream().<JsonValue>map(Caveat::toJson).toList());
  }

  private static JsonObject claims(ValidProof proof) {
    JsonObject.Builder claims = JsonObject.builder();
    put(claims, "artifactDigest", proof.artifactDigest());
    claims
        .put("artifactCompared", JsonBoolean.of(proof.artifactCompared()))
        .put("slotChecked", JsonBoolean.of(proof.slotChecked()));
    put(claims, "proofHash", proof.proofHash());
    put(claims, "publicKey", proof.publicKey());
    claims
        .put("enforcement", proof.enforcement().wireName())
        .put("measurement", proof.measurement())
        .putTextIfPresent("epochId", proof.epochId())
        .put("chain", proof.chain())
        .putTextIfPresent("counter", proof.counter().map(Counter::toString))
        .putTextIfPresent("slotCounter", proof.slotCounter().map(Counter::toString));
    proof.previous().ifPresent(hash -> put(claims, "prev", hash));
    return claims
        .putIfPresent("policy", proof.policy().map(PolicyBinding::toJson))
        .putIfPresent("principal", proof.principal().map(Principal::toJson))
        .putIfPresent("attribution", proof.attribution().map(Attribution::toJson))
        .build();
  }

  /** In the form of proofs, and in that of other tools. */
  private static void put(JsonObject.Builder json, String name, Bytes value) {
    json.put(name + "B64", value.toBase64()).put(name + "Hex", value.toHex());
  }
}
