package dev.occ.verifier;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Environment;
import dev.occ.signer.EnforcementTier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Policies as JSON documents (spec 11): strict, because a misspelt requirement would require
 * nothing.
 */
final class PolicyJson {
  private static final int SHA_256_LENGTH = 32;
  private static final Pattern PCR_INDEX = Pattern.compile("[1-9][0-9]?");

  private static final Set<String> NAMES =
      Set.of(
          "requireEnforcement",
          "allowedMeasurements",
          "allowedPublicKeys",
          "allowedEpochIds",
          "requireAttestation",
          "requireAttestationFormat",
          "minCounter",
          "maxCounter",
          "minTime",
          "maxTime",
          "requireEpochId",
          "requireSlot",
          "requireActor",
          "allowedActorKeyIds",
          "allowedActorProviders",
          "requirePolicyDigest",
          "allowedPrincipals",
          "maxAttestationAge",
          "requirePcrs");

  private PolicyJson() {}

  static VerificationPolicy read(byte[] utf8) throws JsonException {
    JsonView view = JsonView.of(JsonValue.read(utf8));
    view.refuseMembersOtherThan(NAMES);
    VerificationPolicy.Builder policy = VerificationPolicy.builder();
    readRequirements(view, policy);
    readAllowLists(view, policy);
    readBounds(view, policy);
    readPcrs(view, policy);
    return policy.build();
  }

  private static void readRequirements(JsonView view, VerificationPolicy.Builder policy)
      throws JsonException {
    view.optionalText("requireEnforcement", Environment::tier)
        .ifPresent(policy::requireEnforcement);
    view.optionalText("requireAttestationFormat").ifPresent(policy::requireAttestationFormat);
    view.optionalText("requirePolicyDigest", text -> Bytes.fromBase64(text, SHA_256_LENGTH))
        .ifPresent(policy::requirePolicyDigest);
    flag(view, "requireAttestation", policy::requireAttestation);
    flag(view, "requireEpochId", policy::requireEpochId);
    flag(view, "requireSlot", policy::requireSlot);
    flag(view, "requireActor", policy::requireActor);
  }

  private static void readAllowLists(JsonView view, VerificationPolicy.Builder policy)
      throws JsonException {
    texts(view, "allowedMeasurements", policy::allowedMeasurements);
    view.optionalTexts("allowedPublicKeys", text -> Bytes.fromBase64(text, SHA_256_LENGTH))
        .ifPresent(policy::allowedPublicKeys);
    texts(view, "allowedEpochIds", policy::allowedEpochIds);
    texts(view, "allowedActorKeyIds", policy::allowedActorKeyIds);
    texts(view, "allowedActorProviders", policy::allowedActorProviders);
    texts(view, "allowedPrincipals", policy::allowedPrincipals);
  }

  private static void readBounds(JsonView view, VerificationPolicy.Builder policy)
      throws JsonException {
    view.optionalText("minCounter", Counter::parse).ifPresent(policy::minCounter);
    view.optionalText("maxCounter", Counter::parse).ifPresent(policy::maxCounter);
    millis(view, "minTime").map(Instant::ofEpochMilli).ifPresent(policy::minTime);
    millis(view, "maxTime").map(Instant::ofEpochMilli).ifPresent(policy::maxTime);
    millis(view, "maxAttestationAge").map(Duration::ofMillis).ifPresent(policy::maxAttestationAge);
  }

  private static void readPcrs(JsonView view, VerificationPolicy.Builder policy)
      throws JsonException {
    Optional<JsonView> pcrs = view.optionalView("requirePcrs");
    if (pcrs.isEmpty()) {
      return;
    }
    for (String index : pcrs.get().object().members().keySet()) {
      Bytes value = pcrs.get().text(index, Bytes::fromHex);
      // Integer.parseInt also reads "+1", "01" and the digits of other scripts.
      if (!PCR_INDEX.matcher(index).matches()) {
        throw pcrs.get()
            .problem(index, JsonException.Reason.INVALID_VALUE, "is not a PCR from 1 to 31");
      }
      try {
        policy.requirePcr(Integer.parseInt(index), value);
      } catch (IllegalArgumentException e) {
        throw pcrs.get()
            .problem(index, JsonException.Reason.INVALID_VALUE, "is no PCR: " + e.getMessage());
      }
    }
  }

  private static void texts(JsonView view, String name, Consumer<List<String>> setter)
      throws JsonException {
    Optional<List<String>> texts = view.optionalTexts(name, text -> text);
    texts.ifPresent(setter);
  }

  private static void flag(JsonView view, String name, Runnable setter) throws JsonException {
    if (view.optionalBoolean(name).orElse(false)) {
      setter.run();
    }
  }

  private static Optional<Long> millis(JsonView view, String name) throws JsonException {
    OptionalLong value = view.optionalInteger(name, 0, JsonNumber.MAX_EXACT_INTEGER);
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }

  static JsonObject write(VerificationPolicy policy) {
    JsonObject.Builder json = JsonObject.builder();
    json.putTextIfPresent(
        "requireEnforcement", policy.requireEnforcement().map(EnforcementTier::wireName));
    json.putIfPresent("allowedMeasurements", texts(policy.allowedMeasurements()));
    json.putIfPresent("allowedPublicKeys", bytes(policy.allowedPublicKeys()));
    json.putIfPresent("allowedEpochIds", texts(policy.allowedEpochIds()));
    putIfSet(json, "requireAttestation", policy.requireAttestation());
    json.putTextIfPresent("requireAttestationFormat", policy.requireAttestationFormat());
    json.putTextIfPresent("minCounter", policy.minCounter().map(Counter::toString));
    json.putTextIfPresent("maxCounter", policy.maxCounter().map(Counter::toString));
    json.putIfPresent("minTime", policy.minTime().map(Instant::toEpochMilli).map(JsonNumber::of));
    json.putIfPresent("maxTime", policy.maxTime().map(Instant::toEpochMilli).map(JsonNumber::of));
    putIfSet(json, "requireEpochId", policy.requireEpochId());
    putIfSet(json, "requireSlot", policy.requireSlot());
    putIfSet(json, "requireActor", policy.requireActor());
    json.putIfPresent("allowedActorKeyIds", texts(policy.allowedActorKeyIds()));
    json.putIfPresent("allowedActorProviders", texts(policy.allowedActorProviders()));
    json.putTextIfPresent("requirePolicyDigest", policy.requirePolicyDigest().map(Bytes::toBase64));
    json.putIfPresent("allowedPrincipals", texts(policy.allowedPrincipals()));
    json.putIfPresent(
        "maxAttestationAge",
        policy.maxAttestationAge().map(Duration::toMillis).map(JsonNumber::of));
    if (!policy.requirePcrs().isEmpty()) {
      json.put("requirePcrs", pcrs(policy));
    }
    return json.build();
  }

  private static JsonObject pcrs(VerificationPolicy policy) {
    JsonObject.Builder pcrs = JsonObject.builder();
    for (Map.Entry<Integer, Bytes> pcr : new TreeMap<>(policy.requirePcrs()).entrySet()) {
      pcrs.put(Integer.toString(pcr.getKey()), pcr.getValue().toHex());
    }
    return pcrs.build();
  }

  private static void putIfSet(JsonObject.Builder json, String name, boolean set) {
    if (set) {
      json.put(name, JsonBoolean.TRUE);
    }
  }

  /** Sorted, so that one policy always gives the same document. */
  private static Optional<JsonArray> texts(Optional<Set<String>> texts) {
    return texts.map(set -> JsonArray.ofTexts(set.stream().sorted().toList()));
  }

  private static Optional<JsonArray> bytes(Optional<Set<Bytes>> bytes) {
    return bytes.map(set -> JsonArray.ofTexts(set.stream().map(Bytes::toBase64).sorted().toList()));
  }
}
