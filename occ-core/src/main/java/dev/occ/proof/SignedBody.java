package dev.occ.proof;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the signature of a proof covers (spec 4), taken from a proof's document, so that unknown
 * members of signed parts are covered too.
 */
final class SignedBody {
  /** Parts of which every member is signed, and the slot, which has a signature of its own. */
  private static final Set<String> WHOLE =
      Set.of(
          "version", "artifact", "commit", "policy", "principal", "attribution", "slotAllocation");

  /** Parts of which only the members named here are signed or checked in another way. */
  private static final Map<String, Set<String>> IN_PART =
      Map.of(
          "signer", Set.of("publicKeyB64", "signatureB64"),
          "environment", Set.of("enforcement", "measurement", "attestation"),
          "agency", Set.of("actor", "authorization", "intent"));

  /** What a verifier recomputes an intent from or compares with it (spec 9). */
  private static final Set<String> INTENT = Set.of("nonceB64");

  private static final Set<String> BATCH_OF_INTENT =
      Set.of("batchSize", "batchIndex", "batchDigests");

  private static final Set<String> ATTESTATION = Set.of("format", "reportB64");

  /** What the actor signs, or a verifier compares, of a direct authorization (spec 9). */
  private static final Set<String> DIRECT =
      Set.of(
          "purpose",
          "actorKeyId",
          "artifactHash",
          "challenge",
          "timestamp",
          "protocolVersion",
          "signatureB64");

  /** The same of a WebAuthn one, in which nothing covers the time and the protocol's version. */
  private static final Set<String> WEBAUTHN =
      Set.of(
          "purpose",
          "actorKeyId",
          "artifactHash",
          "challenge",
          "format",
          "authenticatorDataB64",
          "clientDataJSON",
          "signatureB64");

  private final JsonObject body;

  private SignedBody(JsonObject body) {
    this.body = body;
  }

  /** The signed body of a document that has a proof's structure. */
  static SignedBody of(JsonObject proof, boolean withAttestationFormat) {
    JsonObject environment = object(proof, "environment").orElse(JsonObject.empty());
    JsonObject.Builder body =
        JsonObject.builder()
            .putIfPresent("version", proof.get("version"))
            .putIfPresent("artifact", proof.get("artifact"))
            .putIfPresent("commit", proof.get("commit"))
            .putIfPresent(
                "publicKeyB64", object(proof, "signer").flatMap(s -> s.get("publicKeyB64")))
            .putIfPresent("enforcement", environment.get("enforcement"))
            .putIfPresent("measurement", environment.get("measurement"));
    if (withAttestationFormat) {
      body.putIfPresent(
          "attestationFormat", object(environment, "attestation").flatMap(a -> a.get("format")));
    }
    return new SignedBody(
        body.putIfPresent("policy", proof.get("policy"))
            .putIfPresent("principal", proof.get("principal"))
            .putIfPresent("attribution", proof.get("attribution"))
            .putIfPresent("actor", object(proof, "agency").flatMap(a -> a.get("actor")))
            .build());
  }

  byte[] encode() {
    return CanonicalJson.encode(body);
  }

  static List<String> unsignedMembers(JsonObject proof) {
    List<String> unsigned = new ArrayList<>();
    for (Map.Entry<String, JsonValue> member : proof.members().entrySet()) {
      String name = member.getKey();
      Set<String> covered = IN_PART.get(name);
      if (covered != null && member.getValue() instanceof JsonObject part) {
        JsonObject rest =
            name.equals("agency") && part.has("intent") ? part.without("batchContext") : part;
        addOthers(unsigned, "/" + name, rest, covered);
      } else if (!WHOLE.contains(name)) {
        unsigned.add(JsonView.pointerTo("", name));
      }
    }
    object(proof, "environment")
        .flatMap(environment -> object(environment, "attestation"))
        .ifPresent(a -> addOthers(unsigned, "/environment/attestation", a, ATTESTATION));
    object(proof, "agency")
        .flatMap(agency -> object(agency, "authorization"))
        .ifPresent(
            a ->
                addOthers(
                    unsigned, "/agency/authorization", a, a.has("format") ? WEBAUTHN : DIRECT));
    object(proof, "agency").ifPresent(agency -> addOthersOfIntent(unsigned, agency));
    return List.copyOf(unsigned);
  }

  /** An intent authenticates the batch's digests, with which size and place are compared. */
  private static void addOthersOfIntent(List<String> unsigned, JsonObject agency) {
    Optional<JsonObject> intent = object(agency, "intent");
    if (intent.isPresent()) {
      addOthers(unsigned, "/agency/intent", intent.get(), INTENT);
      object(agency, "batchContext")
          .ifPresent(batch -> addOthers(unsigned, "/agency/batchContext", batch, BATCH_OF_INTENT));
    }
  }

  private static void addOthers(
      List<String> unsigned, String place, JsonObject part, Set<String> covered) {
    for (String name : part.members().keySet()) {
      if (!covered.contains(name)) {
        unsigned.add(JsonView.pointerTo(place, name));
      }
    }
  }

  private static Optional<JsonObject> object(JsonObject parent, String name) {
    return parent.get(name).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }
}
