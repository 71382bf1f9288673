package dev.occ.verifier;

import static dev.occ.verifier.Forge.json;
import static dev.occ.verifier.Forge.set;
import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.agency.Intent;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Agency;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.SoftAuthenticator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 9, "Intent", as a verifier sees it: the signer of a forged proof holds the epoch's key. */
class ActorIntentTest {
  private static final Bytes DIGEST = Bytes.sha256(Forge.ARTIFACT);
  private static final Bytes OTHER = Bytes.sha256(new byte[] {7});
  private static final Bytes NONCE = Bytes.sha256(new byte[] {2});

  private final SoftAuthenticator person = SoftAuthenticator.create();
  private final Forge forge = Forge.open();

  @AfterEach
  void close() {
    forge.close();
  }

  private AgencyDraft draft(boolean passkey, Bytes challenge) {
    return passkey
        ? person.webAuthn(DIGEST.toByteArray(), challenge.toByteArray(), 1)
        : person.direct(DIGEST.toByteArray(), challenge.toByteArray(), 1);
  }

  private Intent intent(String chain, List<Bytes> digests) throws Exception {
    JsonObject actor = Agency.read(json(draft(false, NONCE).build())).actor().json();
    return Intent.builder(forge.epochId(), actor, digests)
        .chain(chain)
        .policy(PolicyBinding.of(Forge.POLICY_DIGEST).toJson())
        .principal(Principal.of("alice").toJson())
        .attribution(Attribution.of("Bob").toJson())
        .build();
  }

  /** A proof that says what the actor authorized, and an agency that shows it. */
  private JsonObject intended(boolean passkey, JsonObject proof, Intent intent) {
    AgencyDraft draft = draft(passkey, intent.challenge(NONCE)).intent(NONCE.toByteArray());
    return forge.resign(proof.with("agency", json(draft.build())));
  }

  private JsonObject intended(boolean passkey) throws Exception {
    return intended(passkey, forge.proof(), intent("global", List.of(DIGEST)));
  }

  private static VerificationResult verify(JsonObject proof) {
    return verify(proof, VerificationPolicy.integrityOnly());
  }

  private static VerificationResult verify(JsonObject proof, VerificationPolicy policy) {
    return ProofVerifier.create(policy).verifyProofOnly(proof.toBytes());
  }

  private static List<Caveat.Kind> aboutActor(ValidProof proof) {
    return proof.caveats().stream()
        .map(Caveat::kind)
        .filter(kind -> kind.name().startsWith("ACTOR"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void verify_intent_coversEverythingAndSaysSo(boolean passkey) throws Exception {
    ValidProof verified = verified(verify(intended(passkey)));
    assertThat(verified.actor().orElseThrow().coverage()).isEqualTo(Coverage.EVERYTHING);
    assertThat(aboutActor(verified)).isEmpty();
    assertThat(verified.unsignedMembers())
        .isEqualTo(passkey ? List.of("/agency/authorization/timestamp") : List.of());
    assertThat(verified.toJson().toString()).contains("\"covers\":\"everything\"");
    VerificationPolicy strict = VerificationPolicy.builder().requireActorIntent().build();
    assertThat(verified(verify(intended(passkey), strict))).isNotNull();
  }

  @Test
  void verify_intentOfANamedChain_isThatChains() throws Exception {
    JsonObject proof = forge.proofOn("orders");
    Intent right = intent("orders", List.of(DIGEST));
    assertThat(verified(verify(intended(true, proof, right)))).isNotNull();
    Intent wrong = intent("global", List.of(DIGEST));
    rejected(verify(intended(true, proof, wrong)), Rejection.AGENCY_INTENT_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void verify_memberThatTheActorDidNotSee_isRejected(boolean passkey) throws Exception {
    JsonObject proof = intended(passkey);
    JsonString ceo = new JsonString("ceo");
    for (JsonObject forged :
        List.of(
            set(proof, ceo, "principal", "id"),
            proof.without("principal"),
            set(proof, ceo, "attribution", "name"),
            set(proof, ceo, "attribution", "message"),
            proof.without("attribution"),
            set(proof, new JsonString(OTHER.toBase64()), "policy", "digestB64"),
            set(proof, ceo, "policy", "name"),
            proof.without("policy"),
            set(proof, ceo, "agency", "actor", "role"),
            set(proof, ceo, "agency", "actor", "provider"),
            set(proof, new JsonString(OTHER.toBase64()), "agency", "intent", "nonceB64"))) {
      rejected(verify(forge.resign(forged)), Rejection.AGENCY_INTENT_MISMATCH);
    }
  }

  @Test
  void verify_batch_isAuthenticatedByTheIntent() throws Exception {
    Intent intent = intent("global", List.of(OTHER, DIGEST));
    AgencyDraft draft =
        draft(true, intent.challenge(NONCE))
            .intent(NONCE.toByteArray())
            .batch(1, List.of(OTHER.toByteArray(), DIGEST.toByteArray()));
    JsonObject proof = forge.resign(forge.proof().with("agency", json(draft.build())));
    ValidProof verified = verified(verify(proof));
    assertThat(verified.unsignedMembers()).containsExactly("/agency/authorization/timestamp");
    assertThat(aboutActor(verified)).isEmpty();
    AgencyDraft longer =
        draft(true, intent.challenge(NONCE))
            .intent(NONCE.toByteArray())
            .batch(1, List.of(OTHER.toByteArray(), DIGEST.toByteArray(), NONCE.toByteArray()));
    rejected(
        verify(forge.resign(forge.proof().with("agency", json(longer.build())))),
        Rejection.AGENCY_INTENT_MISMATCH);
  }

  /** The intent stands beside the signed body: whoever takes it off takes the coverage off, too. */
  @Test
  void verify_intentTakenOff_coversLess() throws Exception {
    JsonObject bare = Forge.remove(intended(true), "agency", "intent");
    ValidProof verified = verified(verify(bare));
    assertThat(verified.actor().orElseThrow().coverage()).isEqualTo(Coverage.CHALLENGE);
    assertThat(aboutActor(verified)).containsExactly(Caveat.Kind.ACTOR_DID_NOT_SIGN_ARTIFACT);
    assertThat(verified.caveats().toString())
        .contains("chain", "principal", "attribution", "policy", "beside the actor's key");
    VerificationPolicy strict = VerificationPolicy.builder().requireActorIntent().build();
    rejected(verify(bare, strict), Rejection.POLICY_ACTOR_INTENT);
  }

  @Test
  void verify_moreInsideTheIntent_isNamedAsUnsigned() throws Exception {
    JsonObject more = set(intended(false), new JsonString("y"), "agency", "intent", "x");
    assertThat(verified(verify(more)).unsignedMembers()).containsExactly("/agency/intent/x");
  }

  @Test
  void verify_intentWithoutEpochOrMalformed_isRejected() throws Exception {
    JsonObject slotless =
        Forge.remove(
            Forge.remove(
                Forge.remove(
                    Forge.remove(intended(true), "slotAllocation"), "commit", "slotCounter"),
                "commit",
                "slotHashB64"),
            "commit",
            "epochId");
    rejected(verify(forge.resign(slotless)), Rejection.AGENCY_INTENT_MISMATCH);
    JsonObject shorter =
        set(intended(true), new JsonString("AQ=="), "agency", "intent", "nonceB64");
    assertThat(rejected(verify(shorter), Rejection.MALFORMED).pointer())
        .contains("/agency/intent/nonceB64");
  }

  /** With an intent the actor chose the names, and they are names all the same. */
  @Test
  void caveats_namesInAPolicy_areNamedAsNotProven() throws Exception {
    VerificationPolicy policy =
        VerificationPolicy.builder()
            .allowedPrincipals(List.of("alice"))
            .allowedActorProviders(List.of("a provider"))
            .build();
    assertThat(textsOf(verified(verify(intended(true), policy)).caveats()))
        .anyMatch(text -> text.startsWith("allowedPrincipals compared a name that the actor chose"))
        .anyMatch(
            text -> text.startsWith("allowedActorProviders compared a name that the actor chose"));
    assertThat(textsOf(policy.caveats()))
        .anyMatch(text -> text.contains("allowedPrincipals compared a name that the requester"));
  }

  @Test
  void caveats_policyThatAcceptsAnActorWithoutIntent_sayIt() {
    for (VerificationPolicy.Builder policy :
        List.of(
            VerificationPolicy.builder().requireActor(),
            VerificationPolicy.builder().allowedActorKeyIds(List.of(person.keyId())),
            VerificationPolicy.builder().allowedOrigins(List.of(AgencyDraft.ORIGIN)))) {
      assertThat(policy.build().caveats())
          .extracting(Caveat::kind)
          .contains(Caveat.Kind.ACTOR_DID_NOT_SIGN_MEMBERS);
      assertThat(policy.requireActorIntent().build().caveats())
          .extracting(Caveat::kind)
          .doesNotContain(Caveat.Kind.ACTOR_DID_NOT_SIGN_MEMBERS);
    }
  }

  private static List<String> textsOf(List<Caveat> caveats) {
    return caveats.stream().map(Caveat::text).toList();
  }
}
