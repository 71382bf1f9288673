package dev.occ.verifier;

import static dev.occ.verifier.Forge.json;
import static dev.occ.verifier.Forge.set;
import static dev.occ.verifier.Outcomes.outcome;
import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.agency.AgencyRejection;
import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.AuthorizedActor.BatchPosition;
import dev.occ.agency.AuthorizedActor.Method;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.SoftAuthenticator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgencyStepTest {
  private static final ProofVerifier INTEGRITY =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

  private final SoftAuthenticator person = SoftAuthenticator.create();
  private final Forge forge = Forge.open();

  @AfterEach
  void close() {
    forge.close();
  }

  private JsonObject direct() {
    return forge.authorizedProof(
        (digest, challenge, time) -> person.direct(digest, challenge, time).protocolVersion("1"));
  }

  private JsonObject webAuthn() {
    return forge.authorizedProof(person::webAuthn);
  }

  private static VerificationResult verify(JsonObject proof) {
    return INTEGRITY.verifyProofOnly(proof.toBytes());
  }

  @Test
  void verify_nobodysAuthorisation_absent() {
    ValidProof verified = verified(verify(forge.proof()));
    assertThat(outcome(verified, Check.Step.AGENCY)).isEqualTo(Check.Outcome.ABSENT);
    assertThat(verified.actor()).isEmpty();
  }

  @Test
  void verify_directAuthorisation_carriesTheActor() {
    ValidProof verified = verified(verify(direct()));
    assertThat(outcome(verified, Check.Step.AGENCY)).isEqualTo(Check.Outcome.PASSED);
    AuthorizedActor actor = verified.actor().orElseThrow();
    assertThat(actor.keyId()).isEqualTo(person.keyId());
    assertThat(actor.provider()).isEqualTo("a provider");
    assertThat(actor.method()).isEqualTo(Method.DIRECT);
    assertThat(verified.unsignedMembers()).isEmpty();
  }

  @Test
  void verify_webAuthn_carriesOriginAndNamesWhatNobodySigned() {
    ValidProof verified = verified(verify(webAuthn()));
    assertThat(verified.actor().orElseThrow().webAuthn().orElseThrow().origin())
        .isEqualTo(AgencyDraft.ORIGIN);
    assertThat(verified.unsignedMembers()).containsExactly("/agency/authorization/timestamp");
  }

  @Test
  void verify_placeOfABatch_carriesThePlace() {
    byte[] other = new byte[32];
    JsonObject agency =
        json(
            person
                .direct(Bytes.sha256(Forge.ARTIFACT).toByteArray(), new byte[32], 1)
                .batch(1, List.of(other, Bytes.sha256(Forge.ARTIFACT).toByteArray()))
                .build());
    ValidProof verified = verified(verify(forge.resign(forge.proof().with("agency", agency))));
    assertThat(verified.actor().orElseThrow().batch()).contains(new BatchPosition(1, 2));
    assertThat(verified.unsignedMembers()).containsExactly("/agency/batchContext");
  }

  @Test
  void verify_agencyTakenOutOrPutIn_rejected() {
    JsonObject authorised = direct();
    rejected(verify(authorised.without("agency")), Rejection.SIGNATURE_INVALID);
    JsonObject put = forge.proof().with("agency", Forge.get(authorised, "agency"));
    rejected(verify(put), Rejection.SIGNATURE_INVALID);
  }

  /** The signed actor alone is nobody's authorization: it has no place to stand without one. */
  @Test
  void verify_actorWithoutAuthorisation_malformed() {
    JsonObject bare = forge.resign(Forge.remove(direct(), "agency", "authorization"));
    Rejected rejected = rejected(verify(bare), Rejection.MALFORMED);
    assertThat(rejected.pointer()).contains("/agency/authorization");
    JsonObject none = set(direct(), JsonNull.NULL, "agency");
    assertThat(rejected(verify(none), Rejection.MALFORMED).pointer()).contains("/agency");
  }

  @Test
  void verify_anothersAuthorisationPutIn_rejected() {
    JsonObject authorised = direct();
    JsonObject others =
        (JsonObject) Forge.get(forge.authorizedProof(SoftAuthenticator.create()::direct), "agency");
    rejected(
        verify(set(authorised, Forge.get(others, "authorization"), "agency", "authorization")),
        Rejection.AGENCY_ACTOR_MISMATCH);
    rejected(verify(authorised.with("agency", others)), Rejection.SIGNATURE_INVALID);
  }

  @Test
  void verify_bitgraph_namesGoTogether() {
    AgencyDraft draft = person.direct(Bytes.sha256(Forge.ARTIFACT).toByteArray(), new byte[32], 1);
    JsonObject occ = json(draft.build());
    JsonObject bitgraph = json(draft.purpose("bitgraph/commit-authorize/v1").build());
    JsonObject proof =
        set(
            set(forge.proof(), "bitgraph/1", "version"),
            "bitgraph/slot/1",
            "slotAllocation",
            "version");
    verified(verify(forge.reseal(proof.with("agency", bitgraph))));
    rejected(verify(forge.reseal(proof.with("agency", occ))), Rejection.AGENCY_PURPOSE);
  }

  @Test
  void verify_policiesOnTheActor_askForWhatWasChecked() {
    byte[] proof = direct().toBytes();
    VerificationPolicy right =
        VerificationPolicy.builder()
            .requireActor()
            .allowedActorKeyIds(List.of("00".repeat(32), person.keyId()))
            .allowedActorProviders(List.of("a provider"))
            .build();
    verified(ProofVerifier.create(right).verifyProofOnly(proof));
    rejected(
        ProofVerifier.create(right).verifyProofOnly(forge.proof().toBytes()),
        Rejection.POLICY_ACTOR_MISSING);
  }

  @ParameterizedTest
  @EnumSource
  void reason_ofEachRejection_hasItsCode(AgencyRejection rejection) {
    assertThat(Rejection.of(rejection).code()).isEqualTo(rejection.code());
  }

  /** Every bit of every byte of every member, but those that the result calls unsigned. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void verify_anyBitOfAnyMemberFlipped_rejected(boolean passkey) {
    JsonObject proof = passkey ? webAuthn() : direct();
    List<String> unsigned = verified(verify(proof)).unsignedMembers();
    List<String> survivors = new ArrayList<>();
    int tried = 0;
    for (String part : List.of("actor", "authorization")) {
      JsonObject members = (JsonObject) Forge.get(proof, "agency", part);
      for (Map.Entry<String, JsonValue> member : members.members().entrySet()) {
        String pointer = "/agency/" + part + "/" + member.getKey();
        if (unsigned.contains(pointer)) {
          continue;
        }
        for (JsonValue changed : changes(member.getValue())) {
          tried++;
          JsonObject other = set(proof, changed, "agency", part, member.getKey());
          if (verify(other) instanceof ValidProof) {
            survivors.add(pointer + ": " + changed);
          }
        }
        JsonObject less = Forge.remove(proof, "agency", part, member.getKey());
        if (verify(less) instanceof ValidProof) {
          survivors.add(pointer + " left out");
        }
      }
    }
    assertThat(survivors).isEmpty();
    assertThat(tried).isGreaterThan(3000);
  }

  private static List<JsonValue> changes(JsonValue value) {
    List<JsonValue> changes = new ArrayList<>();
    if (value instanceof JsonNumber number) {
      long timestamp = number.exactInteger().orElseThrow();
      for (int bit = 0; bit < 48; bit++) {
        changes.add(JsonNumber.of(timestamp ^ (1L << bit)));
      }
      return changes;
    }
    String text = ((JsonString) value).text();
    for (int place = 0; place < text.length(); place++) {
      for (int bit = 0; bit < 7; bit++) {
        char[] changed = text.toCharArray();
        changed[place] ^= (char) (1 << bit);
        changes.add(new JsonString(new String(changed)));
      }
    }
    return changes;
  }
}
