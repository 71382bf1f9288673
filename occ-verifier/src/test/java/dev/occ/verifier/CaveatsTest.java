package dev.occ.verifier;

import static dev.occ.verifier.Caveat.Kind.ACTOR_DID_NOT_SIGN_ARTIFACT;
import static dev.occ.verifier.Caveat.Kind.ACTOR_DID_NOT_SIGN_MEMBERS;
import static dev.occ.verifier.Caveat.Kind.ARTIFACT_NOT_COMPARED;
import static dev.occ.verifier.Caveat.Kind.ATTESTATION_ABSENT;
import static dev.occ.verifier.Caveat.Kind.ATTESTATION_NOT_CHECKED;
import static dev.occ.verifier.Caveat.Kind.INTEGRITY_ONLY;
import static dev.occ.verifier.Caveat.Kind.MEASUREMENT_NOT_ATTESTED;
import static dev.occ.verifier.Caveat.Kind.MEASUREMENT_NOT_REQUIRED;
import static dev.occ.verifier.Caveat.Kind.OPERATOR_NOT_PINNED;
import static dev.occ.verifier.Caveat.Kind.PRINCIPAL_NOT_PROVEN;
import static dev.occ.verifier.Caveat.Kind.ROOT_NOT_AWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftAuthenticator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaveatsTest {
  private static final ArtifactDigest ARTIFACT = ArtifactDigest.ofContent(Forge.ARTIFACT);

  private static List<Caveat.Kind> kinds(List<Caveat> caveats) {
    return caveats.stream().map(Caveat::kind).toList();
  }

  private static List<Caveat.Kind> kinds(VerificationResult result) {
    assertThat(result).isInstanceOf(ValidProof.class);
    return kinds(result.caveats());
  }

  @Test
  void caveats_emptyPolicyDocumentOrNone_integrityOnlyEitherWay() throws JsonException {
    VerificationPolicy empty = VerificationPolicy.read("{}".getBytes(StandardCharsets.UTF_8));
    try (Forge forge = Forge.open()) {
      for (VerificationPolicy policy : List.of(empty, VerificationPolicy.integrityOnly())) {
        assertThat(kinds(ProofVerifier.create(policy).verify(forge.proof(), ARTIFACT)))
            .containsExactly(INTEGRITY_ONLY, ATTESTATION_ABSENT);
        assertThat(kinds(policy.caveats())).containsExactly(INTEGRITY_ONLY);
      }
    }
  }

  /** What {@code policy init} makes of a proof that claims its measurement without evidence. */
  @Test
  void caveats_measurementsWithoutAttestation_named() {
    try (Forge forge = Forge.open()) {
      VerificationPolicy policy =
          VerificationPolicy.builder().allowedMeasurements(List.of(forge.measurement())).build();

      assertThat(kinds(ProofVerifier.create(policy).verify(forge.proof(), ARTIFACT)))
          .containsExactly(INTEGRITY_ONLY, ATTESTATION_ABSENT, MEASUREMENT_NOT_ATTESTED);
      assertThat(kinds(policy.caveats())).containsExactly(INTEGRITY_ONLY, MEASUREMENT_NOT_ATTESTED);
    }
  }

  @Test
  void caveats_keyPinned_moreThanIntegrity() {
    try (Forge forge = Forge.open()) {
      VerificationPolicy policy =
          VerificationPolicy.builder().allowedPublicKeys(List.of(forge.publicKey())).build();

      assertThat(kinds(ProofVerifier.create(policy).verify(forge.proof(), ARTIFACT)))
          .containsExactly(ATTESTATION_ABSENT);
      assertThat(policy.caveats()).isEmpty();
    }
  }

  @Test
  void caveats_noArtifactGiven_named() {
    try (Forge forge = Forge.open()) {
      ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());

      assertThat(kinds(verifier.verifyProofOnly(forge.proof()))).contains(ARTIFACT_NOT_COMPARED);
      assertThat(kinds(verifier.verify(forge.proof(), ARTIFACT)))
          .doesNotContain(ARTIFACT_NOT_COMPARED);
    }
  }

  @Test
  void caveats_attested_whatOfItWasNotRequired() {
    SoftAttestationAuthority authority = SoftAttestationAuthority.create();
    try (Forge forge = Forge.attestedBy(authority)) {
      JsonObject proof = forge.proof();

      assertThat(kinds(verified(authority, VerificationPolicy.builder().build(), proof)))
          .containsExactly(MEASUREMENT_NOT_REQUIRED, OPERATOR_NOT_PINNED, ROOT_NOT_AWS);
      assertThat(kinds(verified(authority, VerificationPolicy.integrityOnly(), proof)))
          .containsExactly(INTEGRITY_ONLY, ATTESTATION_NOT_CHECKED);
      VerificationPolicy pinned =
          VerificationPolicy.builder()
              .requireAttestation()
              .allowedMeasurements(List.of(forge.measurement()))
              .allowedPublicKeys(List.of(forge.publicKey()))
              .build();
      assertThat(kinds(verified(authority, pinned, proof))).containsExactly(ROOT_NOT_AWS);
      assertThat(pinned.caveats()).isEmpty();
    }
  }

  @Test
  void caveats_measuredTee_nothingOfTheOperatorPinned() {
    VerificationPolicy policy = VerificationPolicy.measuredTee("ab".repeat(48));

    assertThat(kinds(policy.caveats())).containsExactly(OPERATOR_NOT_PINNED);
    assertThat(policy.toBuilder().requirePcr(8, Bytes.of(new byte[48])).build().caveats())
        .isEmpty();
  }

  @Test
  void caveats_principalAllowed_theNameIsNotProven() {
    try (Forge forge = Forge.open()) {
      VerificationPolicy policy =
          VerificationPolicy.builder().allowedPrincipals(List.of("alice")).build();

      assertThat(kinds(ProofVerifier.create(policy).verify(forge.proof(), ARTIFACT)))
          .contains(PRINCIPAL_NOT_PROVEN);
    }
  }

  @Test
  void caveats_authorized_whatTheActorDidNotSign() {
    SoftAuthenticator person = SoftAuthenticator.create();
    ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());
    try (Forge forge = Forge.open()) {
      assertThat(kinds(verifier.verify(forge.authorizedProof(person::direct), ARTIFACT)))
          .contains(ACTOR_DID_NOT_SIGN_MEMBERS)
          .doesNotContain(ACTOR_DID_NOT_SIGN_ARTIFACT);
      assertThat(kinds(verifier.verify(forge.authorizedProof(person::webAuthn), ARTIFACT)))
          .contains(ACTOR_DID_NOT_SIGN_ARTIFACT);
    }
  }

  @Test
  void caveats_rejected_none() {
    try (Forge forge = Forge.open()) {
      VerificationResult result =
          ProofVerifier.create(VerificationPolicy.integrityOnly())
              .verify(forge.proof(), ArtifactDigest.ofContent(new byte[0]));

      assertThat(result).isInstanceOf(Rejected.class);
      assertThat(result.caveats()).isEmpty();
    }
  }

  @Test
  void toJson_caveats_codeAndText() {
    try (Forge forge = Forge.open()) {
      JsonObject json =
          ProofVerifier.create(VerificationPolicy.integrityOnly())
              .verifyProofOnly(forge.proof())
              .toJson();

      assertThat(json.get("caveats").orElseThrow()).isInstanceOf(JsonArray.class);
      assertThat(json.toString())
          .contains("\"code\":\"integrity-only\"", "\"artifactCompared\":false");
    }
  }

  private static VerificationResult verified(
      SoftAttestationAuthority authority, VerificationPolicy policy, JsonObject proof) {
    return ProofVerifier.builder(policy)
        .trustRoot(SoftAttestationAuthority.FORMAT, Bytes.of(authority.rootCertificate()))
        .build()
        .verify(proof, ARTIFACT);
  }
}
