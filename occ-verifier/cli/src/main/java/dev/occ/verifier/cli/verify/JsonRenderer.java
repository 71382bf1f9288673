package dev.occ.verifier.cli.verify;

import dev.occ.cli.Printable;
import dev.occ.cli.facts.ActorJson;
import dev.occ.cli.facts.AttestationFactsJson;
import dev.occ.cli.facts.TimestampsJson;
import dev.occ.cli.input.ProofInput;
import dev.occ.cli.options.Trust;
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
import dev.occ.verifier.Check;
import dev.occ.verifier.HistoricalForm;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.Verified;
import java.util.ArrayList;
import java.util.List;

/** Results for programs: one JSON object a line. */
final class JsonRenderer implements Renderer {
  private final Trust trust;

  JsonRenderer(Trust trust) {
    this.trust = trust;
  }

  @Override
  public String render(ProofInput input, VerificationResult result) {
    JsonObject.Builder json = JsonObject.builder().put("input", escaped(input.name()));
    boolean valid = result instanceof Verified;
    json.put("valid", JsonBoolean.of(valid));
    if (result instanceof Rejected rejected) {
      json.put("reason", rejected.reason().code())
          .putTextIfPresent("detail", rejected.detail())
          .put("text", escaped(rejected.text()))
          .putTextIfPresent("pointer", rejected.pointer());
    }
    json.put("policy", trust.code()).put("checks", checks(result.checks()));
    if (result instanceof Verified verified) {
      addVerified(json, verified);
    }
    return Printable.json(json.build());
  }

  /** No verdict was reached, so there is no member {@code valid}. */
  @Override
  public String renderUnreadable(String name, String why) {
    JsonObject error =
        JsonObject.builder().put("reason", "unreadable").put("text", escaped(why)).build();
    return Printable.json(
        JsonObject.builder().put("input", escaped(name)).put("error", error).build());
  }

  /** Names of files, and what quotes a document, need not be text that UTF-8 can carry. */
  private static JsonString escaped(String text) {
    return JsonString.escapingLoneSurrogates(text);
  }

  private static JsonArray checks(List<Check> checks) {
    return new JsonArray(checks.stream().<JsonValue>map(Check::toJson).toList());
  }

  private void addVerified(JsonObject.Builder json, Verified verified) {
    json.put("claims", claims(verified))
        .putIfPresent("actor", verified.actor().map(ActorJson::of))
        .putIfPresent("attestation", verified.attested().map(AttestationFactsJson::of));
    if (!verified.timestamps().isEmpty()) {
      json.put("timestamps", TimestampsJson.of(verified.timestamps()));
    }
    List<String> forms = new ArrayList<>();
    for (HistoricalForm form : HistoricalForm.values()) {
      if (verified.historicalForms().contains(form)) {
        forms.add(form.code());
      }
    }
    json.put("historicalForms", JsonArray.ofTexts(forms))
        .put("unsignedMembers", JsonArray.ofTexts(verified.unsignedMembers()))
        .put("notShown", JsonArray.ofTexts(Caveats.of(verified, trust)));
  }

  private static JsonObject claims(Verified verified) {
    return JsonObject.builder()
        .put("artifactDigestB64", verified.artifactDigest().toBase64())
        .put("artifactChecked", JsonBoolean.of(verified.artifactChecked()))
        .put("slotChecked", JsonBoolean.of(verified.slotChecked()))
        .put("proofHashB64", verified.proofHash().toBase64())
        .put("publicKeyB64", verified.publicKey().toBase64())
        .put("enforcement", verified.enforcement().wireName())
        .put("measurement", verified.measurement())
        .putTextIfPresent("epochId", verified.epochId())
        .put("chain", verified.chain())
        .putTextIfPresent("counter", verified.counter().map(Counter::toString))
        .putTextIfPresent("slotCounter", verified.slotCounter().map(Counter::toString))
        .putIfPresent("prevB64", verified.previous().map(Bytes::toBase64).map(JsonString::new))
        .putIfPresent("policy", verified.policy().map(PolicyBinding::toJson))
        .putIfPresent("principal", verified.principal().map(Principal::toJson))
        .putIfPresent("attribution", verified.attribution().map(Attribution::toJson))
        .build();
  }
}
