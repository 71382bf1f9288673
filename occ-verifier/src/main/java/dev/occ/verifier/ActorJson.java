package dev.occ.verifier;

import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.AuthorizedActor.BatchPosition;
import dev.occ.agency.WebAuthnAssertion;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;

/** Who authorized a commit, for programs. */
final class ActorJson {
  private ActorJson() {}

  static JsonObject of(AuthorizedActor actor) {
    return JsonObject.builder()
        .put("keyId", actor.keyId())
        .put("publicKeyB64", actor.publicKey().toBase64())
        .put("provider", actor.provider())
        .put("method", actor.method().code())
        .put("covers", actor.coverage().code())
        .put("challenge", actor.challenge().toBase64())
        .put("timestamp", JsonNumber.of(actor.timestamp().toEpochMilli()))
        .putIfPresent("webAuthn", actor.webAuthn().map(ActorJson::webAuthn))
        .putIfPresent("batch", actor.batch().map(ActorJson::batch))
        .build();
  }

  private static JsonObject webAuthn(WebAuthnAssertion assertion) {
    return JsonObject.builder()
        .put("rpIdHashHex", assertion.rpIdHash().toHex())
        .put("origin", assertion.origin())
        .putTextIfPresent("topOrigin", assertion.topOrigin())
        .put("crossOrigin", JsonBoolean.of(assertion.crossOrigin()))
        .put("signCount", JsonNumber.of(assertion.signCount()))
        .put("backupEligible", JsonBoolean.of(assertion.backupEligible()))
        .put("backedUp", JsonBoolean.of(assertion.backedUp()))
        .build();
  }

  private static JsonObject batch(BatchPosition batch) {
    return JsonObject.builder()
        .put("index", JsonNumber.of(batch.index()))
        .put("size", JsonNumber.of(batch.size()))
        .build();
  }
}
